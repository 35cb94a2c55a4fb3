import type { RequirementId } from '../../src/contract/catalogue.ts'

const contains = (what: string) => `What breaks it breaks ${what} too; it names the narrower promise.`

/** Why a check stays that finds no fault which no other check finds. */
export const redundantChecks: Partial<Readonly<Record<RequirementId, string>>> = {
  'EVT-03': 'An event with a foreign label is a leak as well: this names the field, ISO names the leak.',
  'ISO-01': 'A leak shows in the label too (EVT-03); by ids it is found where labels lie.',
  'ISO-02': 'A leak shows in the label too (EVT-03); by ids it is found where labels lie.',
  'ISO-03': contains('PAG-14'),
  'PAG-03': contains('the traversals of PAG-05, or the filters of FLT-05'),
  'PAG-04': contains('the traversals of PAG-06, or the filters of FLT-05'),
  'PAG-05': contains('the windows of PAG-03, or has_more of PAG-01'),
  'PAG-06': contains('the windows of PAG-04, or has_more of PAG-02'),
  'PAG-07': contains('ENV-05 or the windows of PAG-03 and PAG-04'),
  'PAG-11': contains('PAG-14, a SHOULD'),
  'FLT-02': contains('the filtered traversals of FLT-05'),
  'FLT-04': contains('FLT-01, for a target without a sibling'),
  'NEG-05': 'What a connection remembers shows on any connection that is used again.',
  'SSE-01': contains('NEG-01'),
  'SSE-04': contains('the resumed and filtered streams of SSE-05 and SSE-06'),
  'SSE-10': contains('AUT-05 or NFD-05'),
  'AUT-01': contains('AUT-05, the same under the other representation'),
  'AUT-02': contains('AUT-05, the same under the other representation'),
  'AUT-03': contains('AUT-05, the same under the other representation'),
  'AUT-04': contains('AUT-05, the same under the other representation'),
  'NFD-01': contains('NFD-05, the same under the other representation'),
  'NFD-02': contains('NFD-05, the same under the other representation'),
  'NFD-03': contains('NFD-05, the same under the other representation'),
  'INP-04': contains('ENV-01; it tells a crash from a refusal'),
}
