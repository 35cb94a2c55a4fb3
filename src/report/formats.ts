import { type ReportFormat, reportFormats } from '../config/report-formats.ts'
import type { Comparison } from '../verdict/compare.ts'
import { badge } from './badge.ts'
import { ctrf } from './ctrf.ts'
import { type HarSource, har } from './har.ts'
import { htmlReport } from './html/page.ts'
import { junit } from './junit.ts'
import { markdownSummary } from './markdown-summary.ts'
import type { Report } from './model.ts'

/** The input of every report format. */
export interface FinishedRun {
  readonly record: HarSource
  readonly report: Report
  /** Set if the run had a baseline. */
  readonly sinceBaseline: Comparison | undefined
}

/** A report format that is a file. */
export interface ReportFile {
  readonly format: ReportFormat
  readonly name: string
  /** The text, or its pieces where it may be long. */
  readonly render: (finished: FinishedRun) => string | Iterable<string>
}

/** The text of `conformance.json`. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`
}

const renderers: Readonly<
  Record<Exclude<ReportFormat, 'terminal' | 'github'>, (finished: FinishedRun) => string | Iterable<string>>
> = {
  json: ({ report }) => jsonReport(report),
  html: ({ report }) => htmlReport(report),
  markdown: ({ report, sinceBaseline }) => markdownSummary(report, sinceBaseline),
  junit: ({ report }) => junit(report),
  ctrf: ({ report }) => ctrf(report),
  badge: ({ report }) => badge(report),
  har: ({ record, report }) => har(record, report.suite.version),
}

/** Every report format that is a file. */
export const reportFiles: readonly ReportFile[] = reportFormats.flatMap(({ name, file }) =>
  file === undefined ? [] : [{ format: name, name: file, render: renderers[name] }],
)
