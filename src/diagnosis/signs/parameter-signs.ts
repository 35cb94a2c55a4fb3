import type { Capability } from '../../capabilities/capabilities.ts'
import { type Feature, featuresOf, rootOf } from '../../capabilities/request-features.ts'
import type { Override } from '../../reference/behaviour.ts'
import { acceptIgnored, ignoring, refusing } from '../../reference/composites/departures.ts'
import { hasFailed, numbersOf, type SignInput, type Symptom } from './sign.ts'

/** The fault of the catalogue that ignores the same, where there is one. */
const knownFaults: Partial<Readonly<Record<Feature, string>>> = {
  after_id: 'after-id-ignored',
  before_id: 'before-id-ignored',
  limit: 'limit-ignored',
  order: 'desc-ignored',
  'types[]': 'brackets-ignored',
  'Last-Event-ID': 'resume-ignored',
}

/** Features of requests that never work: the target ignores or refuses them. */
export function parameterSigns({ record, run }: SignInput): Symptom[] {
  return record.attribution.capabilities.flatMap((capability): Symptom[] => {
    const { feature, state } = capability
    const override = overrideFor(capability)
    if (override === undefined || (state !== 'ignored' && state !== 'refused')) return []
    if (!hasFailed(record, rootOf[feature])) return []
    const name =
      state === 'ignored' ? (knownFaults[feature] ?? `${slug(feature)}-ignored`) : `${slug(feature)}-refused`
    const using = run.asked.filter(({ exchange }) => featuresOf(exchange.request).features.has(feature))
    const what = feature === 'Accept' ? 'Accept: text/event-stream' : feature
    return [
      {
        bug: { name, sentence: `${what} is ${state}.`, violates: [rootOf[feature]], override },
        exchanges: numbersOf(using),
        typicalCause:
          state === 'ignored'
            ? `The route never reads ${feature}.`
            : `The route does not know ${feature} and refuses it as an unknown parameter.`,
        suggestedFix:
          feature === 'Accept'
            ? 'Send the stream where the header lists text/event-stream, and set Vary: Accept on both.'
            : `Read ${feature} in the route and apply it to the query, or forward it to the service that does.`,
      },
    ]
  })
}

function slug(feature: Feature): string {
  return feature.toLowerCase().replace('[]', '-brackets').replaceAll('_', '-')
}

function overrideFor({ feature, state }: Capability): Override | undefined {
  if (feature === 'Accept') return acceptIgnored
  if (feature === 'Last-Event-ID') return () => ({ readLastEventId: () => undefined })
  return state === 'ignored' ? ignoring(feature) : refusing(feature)
}
