import { printable } from './printable.ts'

/**
 * Lines of a target as a fenced block of Markdown, which shows them as they are. The fence is longer than any in
 * the lines, so that nothing in them can end it.
 * @param language the language for syntax highlighting
 */
export function markdownFence(lines: readonly string[], language: string): string {
  const shown = lines.map(printable)
  const longest = shown
    .flatMap((line) => line.match(/`+/g) ?? [])
    .reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...shown, fence].join('\n')
}
