/** One piece of memory for all copies: a new one for each would keep the garbage collector busy. */
let scratch = Buffer.alloc(0)

/** A copy of a piece of a text. The piece itself would keep the whole text in memory. */
export function detachedText(text: string): string {
  if (scratch.length < 3 * text.length) scratch = Buffer.alloc(3 * text.length)
  return scratch.toString('utf8', 0, scratch.write(text))
}
