import { styleText } from 'node:util'

/** Colours text for a terminal, or returns it unchanged without colours. */
export interface Style {
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  dim(text: string): string
  bold(text: string): string
}

/** Colours, or none. */
export function createStyle(colours: boolean): Style {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colours ? styleText(format, text) : text
  return {
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    dim: paint('dim'),
    bold: paint('bold'),
  }
}
