import { allRequirements, type Requirement, type RequirementId } from '../catalogue.ts'
import type { EventDefinition, EventSchema, ListSchema, SchemaName } from '../schemas.ts'

/** What a request of some revision can use beyond the path, `limit`, `after_id`, `before_id` and `Last-Event-ID`. */
export type Extension =
  /** `order` on the list. */
  | 'order'
  /** `type` and `types[]`, on the list and on the stream. */
  | 'filter'
  /** `page` and `next_page`. */
  | 'page'
  /** The list's own path streams where Accept says so. */
  | 'accept-switch'
  /** `request_id` in error answers. */
  | 'request-id'

/** The fields of an event that a revision documents. */
export interface EventReading {
  /** Whether `session_id` and `session_thread_id` name the session and the thread of the event. */
  readonly labels: boolean
  /** The fields that every event has. */
  readonly required: readonly string[]
  /** The timestamps that define the order of events: the first of them that an event has. */
  readonly times: readonly string[]
}

/** One published state of the API: everything that specs and judges ask about it, as data. */
export interface Revision {
  readonly name: string
  /** When it was published, for docs. */
  readonly published: string
  /** The requirements that apply, in the contract's order, in the wording of this revision. */
  readonly requirements: readonly Requirement[]
  readonly schemas: { readonly event: EventSchema; readonly list: ListSchema; readonly error: SchemaName }
  /** The parts of the event schema that every event must meet, in a list and in a frame. */
  readonly eventPromises: readonly EventDefinition[]
  readonly events: EventReading
  readonly extensions: ReadonlySet<Extension>
  readonly limit: {
    readonly default: number
    readonly largest: number
    /** What a larger limit gives. */
    readonly above: 'capped or refused' | 'refused'
  }
  /** The parameters of which a request has one at most. */
  readonly cursors: readonly ('after_id' | 'before_id' | 'page')[]
  readonly stream: {
    /** The last segment of the stream's path: the list's own, or one of its own. */
    readonly segment: 'events' | 'stream'
    /** Statuses that refuse a Last-Event-ID which is no event of the thread. */
    readonly unknownEvent: readonly number[]
    readonly keepAlive: 'comment or frame' | 'comment'
  }
}

/** What changes from one revision's requirements to the next. */
export interface Changes {
  /** Requirements that no longer apply. */
  readonly dropped: readonly RequirementId[]
  /** New wording of promises that stay the same. */
  readonly reworded: Readonly<Partial<Record<RequirementId, { readonly title: string }>>>
  readonly added: readonly RequirementId[]
}

/** The requirements of a revision, from those of the one before it. */
export function revised(previous: readonly Requirement[], changes: Changes): readonly Requirement[] {
  const kept = new Set<RequirementId>(
    [...previous.map(({ id }) => id), ...changes.added].filter((id) => !changes.dropped.includes(id)),
  )
  const before = new Map(previous.map((one) => [one.id, one]))
  const rows: readonly Requirement[] = allRequirements
  return rows
    .filter(({ id }) => kept.has(id))
    .map((row) => ({ ...row, ...before.get(row.id), ...changes.reworded[row.id] }))
    .toSorted((a, b) => areaOrder(a.id) - areaOrder(b.id))
}

// New requirements stand behind the others of their area.
const prefixes = [...new Set(allRequirements.map(({ id }) => id.slice(0, 3)))]
const areaOrder = (id: string) => prefixes.indexOf(id.slice(0, 3))

/** Whether a requirement is one of the revision. */
export function applies({ requirements }: Revision, id: RequirementId): boolean {
  return requirements.some((one) => one.id === id)
}

/** A requirement in the words of the revision. */
export function requirementIn({ name, requirements }: Revision, id: RequirementId): Requirement {
  const row = requirements.find((one) => one.id === id)
  if (row === undefined) throw new Error(`${id} is no requirement of revision ${name}.`)
  return row
}
