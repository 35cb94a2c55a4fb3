import { revisions } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import { eventProblem } from '../contract/schemas.ts'
import type { ListExchange } from './history.ts'
import type { Page } from './pagination/page.ts'

/** How many pages, and events of each, are enough: a server returns all in the same form. */
const looked = { pages: 5, events: 10 }

/**
 * The revision whose form the lists have, where that is not the one they are judged by.
 * @returns nothing where they fit the revision that was asked for, or none
 */
export function spokenRevision(lists: readonly ListExchange[], asked: Revision): Revision | undefined {
  const pages = lists
    .flatMap(({ page }) => (typeof page === 'string' || page.events.length === 0 ? [] : [page]))
    .slice(0, looked.pages)
  if (pages.length === 0 || pages.every((page) => fits(page, asked))) return undefined
  return revisions.find((revision) => revision !== asked && pages.every((page) => fits(page, revision)))
}

function fits(page: Page, { extensions, schemas }: Revision): boolean {
  if (extensions.has('page') && page.nextPage === undefined) return false
  return page.events
    .slice(0, looked.events)
    .every(({ value }) => eventProblem('EVT-01', value, schemas.event) === undefined)
}

/** Advice for a run that judges a target by another revision than its own. */
export function revisionAdvice(spoken: string, asked: string): string {
  return `This target seems to implement revision ${spoken}, not ${asked}. Set --revision ${spoken} (CONFORMANCE_REVISION) to judge it by that revision.`
}
