import type { RunRecord } from '../../record/run-record.ts'

/**
 * What keeps records from being the parts of one run: one that is missing, or there twice, or that was made of another
 * target, by another version or with other settings.
 * @returns one sentence for each problem
 */
export function partProblems(records: readonly RunRecord[]): string[] {
  const parts = records.flatMap(({ part }) => part ?? [])
  if (parts.length < records.length)
    return ['A file is not a part of a sharded run. Name the files that --shard wrote.']
  const differing = [
    ...differences(
      'the number of shards',
      parts.map(({ count }) => String(count)),
    ),
    ...differences(
      'the version of the suite',
      parts.map(({ version }) => version),
    ),
    ...targetDifferences(records),
    ...[...new Set(parts.flatMap(({ settings }) => Object.keys(settings)))].flatMap((name) =>
      differences(
        name,
        parts.map(({ settings }) => settings[name] ?? 'nothing'),
      ),
    ),
  ]
  if (differing.length > 0) return differing
  const count = parts[0]?.count ?? 0
  const times = Array.from({ length: count }, (_, at) => parts.filter(({ index }) => index === at + 1).length)
  return times.flatMap((found, at) => {
    if (found === 1) return []
    const what = found === 0 ? 'is missing' : `is there ${found} times`
    return [`Shard ${at + 1}/${count} ${what}; each shard of the run must be there once.`]
  })
}

// What lies behind an obstacle was not seen, and an embedded server has an address of its own in each part.
function targetDifferences(records: readonly RunRecord[]): string[] {
  const seen = records.filter(({ obstacle }) => obstacle === undefined).map(({ target }) => target)
  const addresses = records.map(({ target }) => (target.embedded ? 'the embedded server' : target.baseUrl))
  return [
    ...differences('CONFORMANCE_BASE_URL', addresses),
    ...differences(
      'CONFORMANCE_SESSION_ID',
      seen.map(({ sessionId }) => sessionId ?? 'nothing'),
    ),
    ...differences(
      'CONFORMANCE_THREAD_ID',
      seen.map(({ threadId }) => threadId ?? 'nothing'),
    ),
  ]
}

function differences(what: string, values: readonly string[]): string[] {
  const different = [...new Set(values)]
  if (different.length < 2) return []
  return [`The shards are of different runs: ${what} is ${different.join(' and ')}. Run all with the same.`]
}
