/** Every report format: the value that `--reporter` takes, the file it writes (none for output on stdout), and its use. */
export const reportFormats = [
  { name: 'terminal', file: undefined, help: 'failures, open points and the verdict on stdout' },
  {
    name: 'json',
    file: 'conformance.json',
    help: 'everything found; read by compare, --baseline and replay',
  },
  { name: 'html', file: 'report.html', help: 'a self-contained page for people' },
  { name: 'markdown', file: 'summary.md', help: 'a summary for pull requests and job pages' },
  { name: 'junit', file: 'junit.xml', help: 'one test case for each requirement' },
  { name: 'ctrf', file: 'ctrf.json', help: 'the same in the Common Test Report Format' },
  { name: 'badge', file: 'badge.svg', help: 'the verdict as an image' },
  { name: 'har', file: 'exchanges.har', help: 'all requests and responses, for browser tools' },
  { name: 'github', file: undefined, help: 'annotations for GitHub Actions on stdout' },
] as const

/** The name of a report format. */
export type ReportFormat = (typeof reportFormats)[number]['name']

/** The names that `--reporter` takes. */
export const reportFormatNames: readonly ReportFormat[] = reportFormats.map(({ name }) => name)

const always: readonly ReportFormat[] = ['terminal', 'json', 'html', 'markdown', 'junit', 'ctrf', 'badge']

/**
 * The formats of a run: the chosen ones, or by default all that are small, the HAR if something failed, and annotations
 * on GitHub Actions.
 */
export function chosenFormats(
  chosen: readonly ReportFormat[] | undefined,
  { failed, onGitHub }: { readonly failed: boolean; readonly onGitHub: boolean },
): readonly ReportFormat[] {
  if (chosen !== undefined) return chosen
  return [...always, ...(failed ? ['har' as const] : []), ...(onGitHub ? ['github' as const] : [])]
}
