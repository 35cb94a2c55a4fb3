import type { Composite } from './composite.ts'
import { compositeOf } from './of-faults.ts'

/** Faults of different features at once: each must be found, and nothing else blamed. */
const differentFeatures: readonly (readonly string[])[] = [
  ['default-limit-25', 'type-with-wildcards'],
  ['default-limit-10', 'both-cursors-one-wins', 'accept-case-sensitive'],
  ['no-default-limit', 'error-message-missing-for-queries'],
  ['unknown-cursor-empty', 'stream-for-any-type', 'no-challenge'],
  ['large-limit-granted', 'desc-keeps-ties-ascending'],
  ['empty-ids-as-none', 'limit-below-one-raised', 'no-vary'],
  ['list-as-text-plain', 'unknown-order-is-desc'],
  ['status-of-running-is-active', 'encoded-brackets-ignored'],
  ['schema-version-as-integer', 'session-label-without-prefix'],
  ['created-at-without-zone', 'other-tenant-accepted'],
  ['processed-before-created', 'first-id-is-the-cursor'],
  ['token-case-ignored', 'thread-id-cleaned'],
  ['x-api-key-accepted', 'accept-last-line-only'],
  ['token-in-the-query-accepted', 'resume-skips-one'],
  ['token-echoed-in-a-header', 'has-more-always-at-limit-1'],
  ['sql-in-the-message', 'both-cursors-a-range'],
  ['query-errors-as-problem-json', 'default-limit-25', 'quoted-comma-splits-media-types'],
  ['bad-percent-crashes', 'unknown-cursor-typed-not-found'],
  ['array-parameter-crashes', 'stream-filter-by-prefix'],
  ['thread-looked-up-globally', 'frame-event-always-message'],
  ['long-content-cut-in-lists', 'resume-includes-the-event'],
  ['bursts-truncated', 'default-limit-10'],
  ['live-events-not-streamed', 'session-label-of-the-first-session'],
  ['limit-capped-at-50', 'no-challenge', 'status-in-capitals'],
  ['stream-is-201', 'limit-in-words-is-422'],
  ['accept-first-range-only', 'expired-tokens-accepted', 'empty-ids-as-empty-text'],
  ['basic-accepted', 'unknown-cursor-ignored', 'turn-id-is-a-number'],
  ['cursor-included', 'default-limit-10', 'only-the-first-type'],
  ['thread-id-case-insensitive', 'messages-to-the-thread-listed', 'unknown-type-empties-the-union'],
  ['filter-after-the-limit', 'camel-case-fields'],
]

/** Two faults of one feature: the second must not be hidden by the first, least of all a leak. */
const sameFeature: readonly (readonly string[])[] = [
  ['keyset-without-tie-break', 'cursor-of-a-sibling-accepted'],
  ['after-id-ignored', 'before-id-gives-the-oldest'],
  ['type-with-wildcards', 'filter-joined-with-or'],
  ['limit-one-gives-nothing', 'large-limit-granted'],
  ['token-prefix-accepted', 'x-api-key-accepted'],
  ['thread-prefix-optional', 'thread-looked-up-globally'],
  ['stream-leaks-on-resume', 'resume-skips-one'],
  ['has-more-as-number', 'first-and-last-exchanged'],
  ['languages-choose-a-page', 'cookies-replace-the-token'],
]

/** Put together by hand. */
export const combinedFaults: readonly Composite[] = [...differentFeatures, ...sameFeature].map((names) =>
  compositeOf(names),
)
