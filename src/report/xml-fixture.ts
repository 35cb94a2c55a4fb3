import { DOMParser, onWarningStopParsing } from '@xmldom/xmldom'

/** Reads XML with a parser of others, and stops at the first thing that is not right about it. */
export function readXml(text: string) {
  // The parser lets pass what XML 1.0 does not allow as a character.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('There is a character that XML does not allow.')
  return new DOMParser({ onError: onWarningStopParsing }).parseFromString(text, 'text/xml')
}
