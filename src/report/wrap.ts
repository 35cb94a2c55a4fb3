import { textWidth } from './text-width.ts'

/**
 * Breaks text into lines. A word wider than a line is broken too.
 * @param width columns of a whole line, indentation included
 * @param indent the start of each line
 */
export function wrap(text: string, width: number, indent: string): string[] {
  const room = Math.max(8, width - textWidth(indent))
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => pieces(one, room))) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, indent + line]
}

function pieces(word: string, room: number): string[] {
  if (textWidth(word) <= room) return [word]
  const found: string[] = []
  let piece = ''
  let used = 0
  for (const char of word) {
    const width = textWidth(char)
    if (used + width > room) {
      found.push(piece)
      piece = ''
      used = 0
    }
    piece += char
    used += width
  }
  return [...found, piece]
}
