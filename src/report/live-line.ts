/** One line at the end of a terminal's output that is drawn over again and again. */
export interface LiveLine {
  /** Draws the line anew. */
  show(text: string): void
  /** Takes the line away, so that other text may be written. */
  clear(): void
}

const eraseLine = '\r\u001b[2K'

/**
 * A live line on a terminal.
 * @param write where the terminal's text goes
 * @param columns how wide the terminal is now
 */
export function createLiveLine(write: (text: string) => void, columns: () => number): LiveLine {
  let shown = false
  return {
    show(text) {
      // A line that reached the last column would wrap, and erasing it would leave its beginning.
      const room = Math.max(0, columns() - 1)
      write(`${eraseLine}${[...text].slice(0, room).join('')}`)
      shown = true
    },
    clear() {
      if (shown) write(eraseLine)
      shown = false
    },
  }
}
