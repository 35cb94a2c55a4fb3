/**
 * A text as one component of a URL. Half a surrogate pair, which JSON can hold and no URL, becomes U+FFFD, so that
 * there is a URL for whatever a target sends.
 */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}
