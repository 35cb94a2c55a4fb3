import { parseJson } from '../../contract/json.ts'
import { schemaGuard } from '../../contract/schemas.ts'
import type { Report } from '../model.ts'

/** Texts of a hostile target; each sets `ran` if it is executed. */
export const hostilePayloads: readonly string[] = [
  '<script>window.ran="script"</script>',
  '</script><script>window.ran="closed script"</script>',
  '<!--<script>',
  '</style></title></textarea></pre><img src=x onerror="window.ran=\'img\'">',
  '"><svg onload="window.ran=\'svg\'">',
  "' autofocus onfocus='window.ran=1' x='",
  '` onmouseover=`window.ran=1',
  '<a href="javascript:window.ran=1">x</a><iframe srcdoc="<script>parent.ran=1</script>">',
  '<meta http-equiv="refresh" content="0;url=data:text/html,x"><base href="http://127.0.0.1:9/">',
  '&lt;script&gt; &#60;b&#62;',
  '\u202etxt.exe\u2066\u200b\ufeff\u0000\u001b[31m\u2028\u2029',
]

/** Fields with a fixed form in the report schema: a report with other texts is not read. */
const fixed = new Set([
  'format',
  'verdict',
  'level',
  'state',
  'started_at',
  'expires',
  'fingerprint',
  'requirement',
])

/** The same report with every payload in every text that a target, or a file, can have a hand in. */
export function hostile(report: Report): Report {
  const value = parseJson(attacked(report))
  const isReport = schemaGuard<Report>('report')
  if (value === undefined || !isReport(value)) throw new Error('The hostile report is no report any more.')
  return value
}

function attacked(source: unknown): string {
  return JSON.stringify(source, (key, value: unknown) => {
    if (typeof value !== 'string' || fixed.has(key) || /^[A-Z]{3}-\d\d$/.test(value)) return value
    if (key === 'link') return 'javascript:window.ran="link"'
    // Texts that the page looks into have to stay what they are, or nothing behind that look is tried.
    if (value === 'inversion' || key === 'created_at') return value
    if ((key === 'body' || key === 'data') && parseJson(value) !== undefined)
      return attacked(parseJson(value))
    return `${value} ${hostilePayloads.join(' ')}`
  })
}
