/**
 * Text of a target as it may be shown in a terminal: control characters, bidirectional overrides, unpaired
 * surrogates and what is no character at all become visible escapes, so that nothing a target sends can move
 * the cursor, change colours, or turn a line round.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|\p{Surrogate}/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
