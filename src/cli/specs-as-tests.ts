import { describe, inject, test } from 'vitest'
import { defaultRevision, revisionNamed } from '../contract/revisions/index.ts'
import { testName } from '../library/test-result.ts'
import { describeArea } from '../library/vitest-tests.ts'
import type { Property } from '../properties/property.ts'
import { requirementsOf } from '../runner/run-progress.ts'
import { onSpec } from '../spec-dsl/define-spec.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'

const run = () => ({ report: Promise.resolve(inject('report')) })

// Spec files are data: loading one registers its tests.
onSpec((all) => {
  const { revision = defaultRevision.name } = inject('report')
  const [spec = all] = specsOfRevision([all], revisionNamed(revision))
  const tests = requirementsOf(spec).map(testName)
  if (tests.length > 0) describeArea(spec.area, tests, run)
  const properties = spec.items.filter((item) => item.kind === 'property')
  if (properties.length > 0)
    describe(spec.area, () => {
      for (const property of properties) declareProperty(property)
    })
})

function declareProperty({ name, sentence, ids }: Property): void {
  test(`${name}: ${sentence} (${ids.join(', ')})`, ({ skip }) => {
    const { generated } = inject('report')
    if (generated === undefined || generated.questions === 0) skip('no data was generated')
    const failed = generated?.counterexamples.filter(({ property }) => property === name) ?? []
    const text = failed.map(({ requirement, steps }) => `${requirement}\n  ${steps.join('\n  ')}`).join('\n')
    if (failed.length > 0) throw new Error(text)
  })
}
