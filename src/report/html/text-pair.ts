import { html, type Markup } from './markup.ts'

/** Below this share of common text two texts are not the same text altered, and marks would only be noise. */
const leastCommon = 0.3

/** Two texts side by side; where they are much the same, what differs is marked. */
export function textPair(expected: string, actual: string): Markup {
  const [left, right] = marked(expected, actual)
  return html`<div class="pair">
<div><h6>expected</h6><pre>${left}</pre></div>
<div><h6>got</h6><pre>${right}</pre></div>
</div>`
}

function marked(expected: string, actual: string): readonly [Markup | string, Markup | string] {
  const [a, b] = [[...expected], [...actual]]
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  // Half a word marked is hard to read.
  while (splits(a, head) || splits(b, head)) head -= 1
  while (splits(a, a.length - tail) || splits(b, b.length - tail)) tail -= 1
  const same = head + tail
  if (expected === actual || same < leastCommon * Math.max(a.length, b.length)) return [expected, actual]
  const middle = (chars: readonly string[]) => {
    const part = chars.slice(head, chars.length - tail).join('')
    return html`${chars.slice(0, head).join('')}${part === '' ? '' : html`<mark>${part}</mark>`}${chars.slice(chars.length - tail).join('')}`
  }
  return [middle(a), middle(b)]
}

function splits(chars: readonly string[], at: number): boolean {
  const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}_]/u.test(char)
  return at > 0 && isWord(chars[at - 1]) && isWord(chars[at])
}
