import { requirements } from './catalogue.ts'

/** The requirements as a Markdown table, in the catalogue's order. */
export function requirementTable(): string {
  const rows = requirements.map(
    ({ id, level, title, source }) =>
      `| ${id} | ${level} | ${title.replaceAll('|', '\\|')} | ${source.join(', ')} |`,
  )
  return ['| id | level | requirement | source |', '|---|---|---|---|', ...rows].join('\n')
}
