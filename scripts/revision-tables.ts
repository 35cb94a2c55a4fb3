import { revisions } from '../src/contract/revisions/index.ts'
import { applies, type Extension, type Revision, requirementIn } from '../src/contract/revisions/revision.ts'

const extensions: readonly (readonly [Extension, string])[] = [
  ['order', '`order`'],
  ['filter', '`type`, `types[]`'],
  ['page', '`page`, `next_page`'],
  ['accept-switch', 'the list streams under `Accept: text/event-stream`'],
  ['request-id', '`request_id` in errors'],
]

const rows: readonly (readonly [string, (revision: Revision) => string])[] = [
  ['published', ({ published }) => published],
  ['requirements', countOf],
  ['cursors, one at a time', ({ cursors }) => cursors.map((name) => `\`${name}\``).join(', ')],
  ['`limit` above 100', ({ limit }) => limit.above],
  ['fields of every event', ({ events }) => events.required.map((name) => `\`${name}\``).join(', ')],
  ['order of events', ({ events }) => events.times.map((name) => `\`${name}\``).join(', otherwise ')],
  ['path of the stream', ({ stream }) => `\`…/threads/{thread_id}/${stream.segment}\``],
  ['unknown `Last-Event-ID`', ({ stream }) => stream.unknownEvent.join(' or ')],
  ['keep-alive of a stream', ({ stream }) => stream.keepAlive],
  ...extensions.map(
    ([name, shown]) => [shown, ({ extensions: own }: Revision) => (own.has(name) ? 'yes' : 'no')] as const,
  ),
]

/** What differs between the revisions, as a Markdown table. */
export function differenceTable(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(['', ...revisions.map(({ name }) => name)]),
    line(['---', ...revisions.map(() => '---')]),
    ...rows.map(([name, cell]) => line([name, ...revisions.map(cell)])),
  ].join('\n')
}

/** Which requirements each revision adds, drops and words differently than the one before, as Markdown. */
export function requirementChanges(): string {
  return revisions
    .flatMap((revision, at) => {
      const previous = revisions[at - 1]
      return previous === undefined ? [] : [changesOf(previous, revision)]
    })
    .join('\n\n')
}

function changesOf(previous: Revision, revision: Revision): string {
  const added = revision.requirements.filter(({ id }) => !applies(previous, id))
  const dropped = previous.requirements.filter(({ id }) => !applies(revision, id))
  const reworded = revision.requirements.filter(
    ({ id, title }) => applies(previous, id) && requirementIn(previous, id).title !== title,
  )
  return [
    `${revision.name} drops ${dropped.map(({ id }) => id).join(', ')}.`,
    '',
    '| id | level | requirement | |',
    '|---|---|---|---|',
    ...added.map(({ id, level, title }) => `| ${id} | ${level} | ${title} | new |`),
    ...reworded.map(({ id, level, title }) => `| ${id} | ${level} | ${title} | reworded |`),
  ].join('\n')
}

function countOf({ requirements }: Revision): string {
  const count = (level: string) => requirements.filter((one) => one.level === level).length
  return `${count('MUST')} MUST, ${count('SHOULD')} SHOULD`
}
