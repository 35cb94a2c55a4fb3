import { type Requirement, requirements } from './catalogue.ts'

/** Requirements as a Markdown table: by default the catalogue's, in its order. */
export function requirementTable(all: readonly Requirement[] = requirements): string {
  const rows = all.map(
    ({ id, level, title, source }) =>
      `| ${id} | ${level} | ${title.replaceAll('|', '\\|')} | ${source.join(', ')} |`,
  )
  return ['| id | level | requirement | source |', '|---|---|---|---|', ...rows].join('\n')
}
