import { errorSigns } from './error-signs.ts'
import { eventSigns } from './event-signs.ts'
import { listSigns } from './list-signs.ts'
import { parameterSigns } from './parameter-signs.ts'
import type { Sign, SignInput } from './sign.ts'

export { choicesOf } from './list-signs.ts'
export { numbersOf, type Sign } from './sign.ts'

/** Everything that the answers show by themselves. Sends and replays nothing. */
export function signsOf(input: SignInput): Sign[] {
  return [...parameterSigns(input), ...listSigns(input), ...eventSigns(input), ...errorSigns(input)]
}
