/** A line at the end of a terminal's output that is redrawn in place. */
export interface LiveLine {
  /** Redraws the line. */
  show(text: string): void
  /** Removes the line, so that other text can be written. */
  clear(): void
}

const eraseLine = '\r\u001b[2K'

/**
 * A live line on a terminal.
 * @param write writes text to the terminal
 * @param columns the current width of the terminal
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
