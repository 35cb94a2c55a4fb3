import { describe, expect, test } from 'vitest'
import type { Capability } from '../capabilities/capabilities.ts'
import type { Feature, RequestFeatures } from '../capabilities/request-features.ts'
import type { Violation } from '../capabilities/violations.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import { attribute, type Evidence } from './attribute.ts'
import type { CheckResult } from './outcome.ts'

const finding = (exchange: number, kind = 'missing'): Finding => ({
  kind,
  message: `exchange ${exchange}`,
  expected: 'a',
  actual: 'b',
  exchanges: [exchange],
})
const failing = (exchange: number, more: Partial<Case> = {}): Case => ({
  exchanges: [exchange],
  finding: finding(exchange),
  ...more,
})
const passing = (exchange: number, more: Partial<Case> = {}): Case => ({ exchanges: [exchange], ...more })
const result = (id: RequirementId, ...cases: Case[]): CheckResult => ({ id, cases })
const violation = (exchange: number, requirement: RequirementId, shownBy = exchange): Violation => ({
  exchange,
  requirement,
  kind: 'records',
  finding: finding(shownBy),
})
const unusable = (feature: Feature): Capability => ({
  feature,
  state: 'ignored',
  usable: [],
  unusable: ['asc', 'desc', 'stream'],
  exchange: 1,
})

function evidence(
  more: Partial<Omit<Evidence, 'featuresOf'>> & { uses?: Record<number, Feature[]> },
): Evidence {
  const { uses = {}, ...rest } = more
  return {
    violations: [],
    pagingFaults: new Map(),
    capabilities: [],
    unreproduced: new Set(),
    featuresOf: (exchange): RequestFeatures => ({
      features: new Set(uses[exchange] ?? []),
      context: 'asc',
      headers: 2,
    }),
    ...rest,
  }
}

function verdicts(results: readonly CheckResult[], known: Evidence) {
  return Object.fromEntries(
    attribute(results, known).map(({ id, verdict, blockedBy }) => [id, blockedBy?.join() ?? verdict]),
  )
}

describe('findings', () => {
  test('count against the requirement that the smallest wrong request breaks', () => {
    const known = evidence({ violations: [violation(1, 'PAG-03'), violation(2, 'PAG-03', 1)] })
    const results = [result('PAG-03', failing(1)), result('PAG-05', failing(2))]
    expect(verdicts(results, known)).toEqual({ 'PAG-03': 'fail', 'PAG-05': 'PAG-03' })
  })

  test('count for their own reason where their request is the smallest', () => {
    const known = evidence({ violations: [violation(1, 'PAG-03'), violation(2, 'FLT-05')] })
    const results = [result('PAG-03', failing(1)), result('FLT-05', failing(2))]
    expect(verdicts(results, known)).toEqual({ 'PAG-03': 'fail', 'FLT-05': 'fail' })
  })

  test('cite the smallest request, also where another one than the check made it', () => {
    const known = evidence({
      violations: [violation(1, 'PAG-03', 3), violation(3, 'PAG-03')],
      uses: { 1: ['after_id', 'limit'], 3: ['after_id'] },
    })
    const [outcome] = attribute([result('PAG-03', failing(1))], known)
    expect(outcome?.findings.map(({ exchanges }) => exchanges)).toEqual([[3], [1]])
  })

  test('of a passing check are not taken from other requests', () => {
    const known = evidence({ violations: [violation(3, 'PAG-03')] })
    expect(verdicts([result('PAG-03', passing(1))], known)).toEqual({ 'PAG-03': 'pass' })
  })

  test('fail the cause even where its own check saw nothing or was not selected', () => {
    const known = evidence({ violations: [violation(2, 'PAG-03', 1)] })
    expect(verdicts([result('PAG-05', failing(2))], known)).toEqual({ 'PAG-03': 'fail', 'PAG-05': 'PAG-03' })
  })

  test('of a second bug are not hidden by the first', () => {
    const known = evidence({
      violations: [violation(1, 'PAG-03'), violation(2, 'PAG-03', 1)],
      uses: { 1: ['after_id'], 2: ['after_id'] },
    })
    const leak: Case = { exchanges: [2], finding: finding(2, 'leak') }
    const results = [result('PAG-03', failing(1)), result('ISO-02', leak), result('EVT-03', failing(2))]
    expect(verdicts(results, known)).toEqual({ 'PAG-03': 'fail', 'ISO-02': 'fail', 'EVT-03': 'fail' })
  })

  test('of requirements that suspect each other both count', () => {
    const results = [
      result('AUT-05', failing(1, { because: ['SSE-10'] })),
      result('SSE-10', failing(2, { because: ['AUT-05'] })),
    ]
    expect(verdicts(results, evidence({}))).toEqual({ 'AUT-05': 'fail', 'SSE-10': 'fail' })
  })

  test('that were not reproduced explain no others', () => {
    const known = evidence({
      violations: [violation(1, 'PAG-03'), violation(2, 'PAG-03', 1)],
      unreproduced: new Set<RequirementId>(['PAG-03']),
    })
    const results = [result('PAG-03', failing(1)), result('PAG-05', failing(2))]
    expect(verdicts(results, known)).toEqual({ 'PAG-03': 'fail', 'PAG-05': 'fail' })
  })
})

describe('cases without a finding', () => {
  const known = evidence({
    violations: [violation(1, 'PAG-03')],
    capabilities: [unusable('after_id')],
    uses: { 1: ['after_id'], 2: ['after_id', 'limit'], 3: ['limit'] },
  })

  test('do not count where a feature that they rely on has no effect', () => {
    const results = [result('PAG-03', failing(1)), result('FLT-05', passing(2)), result('PAG-02', passing(3))]
    expect(verdicts(results, known)).toEqual({ 'PAG-03': 'fail', 'FLT-05': 'PAG-03', 'PAG-02': 'pass' })
  })

  test('count if only the response is judged', () => {
    expect(verdicts([result('ENV-05', passing(2)), result('EVT-02', passing(2))], known)).toEqual({
      'ENV-05': 'pass',
      'EVT-02': 'pass',
    })
  })

  test('that were paged through do not count where has_more is missing', () => {
    const paged = evidence({ pagingFaults: new Map([[3, ['ENV-01']]]) })
    const results = [result('ENV-01', failing(3)), result('PAG-05', passing(3, { paged: true }))]
    expect(verdicts(results, paged)).toEqual({ 'ENV-01': 'fail', 'PAG-05': 'ENV-01' })
  })
})

describe('the verdict', () => {
  test('does not depend on the order of the results', () => {
    const known = evidence({ violations: [violation(1, 'PAG-03'), violation(2, 'PAG-03', 1)] })
    const results = [result('PAG-05', failing(2)), result('PAG-03', failing(1)), result('ENV-01', passing(1))]
    const forward = verdicts(results, known)
    expect(verdicts(results.toReversed(), known)).toEqual(forward)
  })

  test('names what was missing if no failure explains it', () => {
    const lack = { missing: 'a longer thread', provide: 'Name one.', blockedBy: ['PAG-03'] as const }
    const alone = attribute([{ id: 'PAG-06', cases: [], lack }], evidence({}))
    expect(alone).toMatchObject([{ verdict: 'inconclusive', reason: 'a longer thread' }])
    expect(alone[0]?.blockedBy).toBeUndefined()
    const results = [{ id: 'PAG-06' as const, cases: [], lack }, result('PAG-03', failing(1))]
    expect(verdicts(results, evidence({}))).toMatchObject({ 'PAG-06': 'PAG-03' })
  })

  test('blocks nothing without a requirement that fails', () => {
    const known = evidence({ violations: [violation(1, 'PAG-03'), violation(2, 'PAG-03', 1)] })
    for (const { blockedBy = [] } of attribute([result('PAG-05', failing(2))], known))
      for (const blocker of blockedBy)
        expect(verdicts([result('PAG-05', failing(2))], known)[blocker]).toBe('fail')
  })
})

describe('a consequence', () => {
  const crash = (exchange: number): Case => ({
    exchanges: [exchange],
    finding: finding(exchange, 'status-500'),
  })

  test('of an unknown id that crashes is no crash of its own, and other crashes are', () => {
    const results = [result('NFD-02', crash(1)), result('INP-01', crash(1))]
    expect(verdicts(results, evidence({}))).toEqual({ 'INP-01': 'NFD-02', 'NFD-02': 'fail' })
    const more = [result('NFD-02', crash(1)), result('INP-01', crash(1), crash(2))]
    expect(verdicts(more, evidence({}))).toEqual({ 'INP-01': 'fail', 'NFD-02': 'fail' })
  })

  test('of a value that should be refused breaks the MUST on server errors too', () => {
    const results = [result('PAG-15', crash(1)), result('INP-01', crash(1))]
    expect(verdicts(results, evidence({}))).toEqual({ 'INP-01': 'fail', 'PAG-15': 'fail' })
  })

  test('of a crash that another requirement explains is explained by that one', () => {
    const results = [
      result('NFD-02', failing(1)),
      result('NFD-04', { ...crash(2), because: ['NFD-02'] }),
      result('INP-01', crash(2)),
    ]
    expect(verdicts(results, evidence({}))).toMatchObject({ 'INP-01': 'NFD-02', 'NFD-04': 'NFD-02' })
  })

  test('of a leak behind cursors is a has_more that counts its events, and a plain one is not', () => {
    const leak: Violation = { ...violation(1, 'ISO-02'), kind: 'leak' }
    const known = evidence({ violations: [leak], uses: { 1: ['after_id'], 2: ['after_id', 'limit'], 3: [] } })
    const surplus = (exchange: number): Case => ({
      exchanges: [exchange],
      finding: finding(exchange, 'has-more-surplus'),
    })
    const leaking = result('ISO-02', failing(1))
    expect(verdicts([leaking, result('ENV-05', surplus(2))], known)).toMatchObject({ 'ENV-05': 'ISO-02' })
    expect(verdicts([leaking, result('ENV-05', surplus(3))], known)).toMatchObject({ 'ENV-05': 'fail' })
  })

  test('of a union that is sorted by type is an order that is wrong', () => {
    const known = evidence({ violations: [violation(1, 'FLT-02')] })
    const inversion: Case = { exchanges: [1], finding: finding(1, 'inversion') }
    const results = [result('FLT-02', failing(1)), result('ORD-01', inversion)]
    expect(verdicts(results, known)).toEqual({ 'FLT-02': 'fail', 'ORD-01': 'FLT-02' })
  })

  test('of an order that is newest first by default is no page size', () => {
    const known = evidence({ violations: [violation(1, 'ORD-01')] })
    const counted: Case = { exchanges: [1], finding: finding(1, 'too-many') }
    const results = [result('ORD-01', failing(1)), result('PAG-01', counted)]
    expect(verdicts(results, known)).toEqual({ 'ORD-01': 'fail', 'PAG-01': 'fail' })
  })
})
