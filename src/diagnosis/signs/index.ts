import { errorSigns } from './error-signs.ts'
import { eventSymptoms } from './event-signs.ts'
import { listSigns } from './list-signs.ts'
import { parameterSigns } from './parameter-signs.ts'
import type { SignInput, Symptom } from './sign.ts'
import { streamSigns } from './stream-signs.ts'

export { choicesOf } from './list-signs.ts'
export { numbersOf, type Symptom } from './sign.ts'

/** Everything that the answers show by themselves. Sends and replays nothing. */
export function symptomsOf(input: SignInput): Symptom[] {
  return [
    ...parameterSigns(input),
    ...listSigns(input),
    ...eventSymptoms(input),
    ...streamSigns(input),
    ...errorSigns(input),
  ]
}
