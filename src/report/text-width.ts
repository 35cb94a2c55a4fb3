import stringWidth from 'string-width'

/** Columns that a text takes in a terminal; CJK characters take two. */
export function textWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text)
}

/** The text filled up with spaces to so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}

/** The text cut to so many columns, with `…` where something was cut off. */
export function fitTo(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let cut = ''
  let used = 0
  for (const char of text) {
    const width = textWidth(char)
    if (used + width > columns - 1) break
    cut += char
    used += width
  }
  return `${cut}…`
}
