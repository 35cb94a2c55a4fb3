/** How often a failure occurred, and in how many attempts. */
export interface Reproduction {
  readonly failed: number
  readonly attempts: number
}

/** Writes `always (3 of 3)` or `1 of 3`. */
export function reproductionText(failed: number, attempts: number): string {
  return failed === attempts ? `always (${failed} of ${attempts})` : `${failed} of ${attempts}`
}

/** Reads `always (3 of 3)` or `1 of 3`. */
export function reproductionOf(text: string | undefined): Reproduction | undefined {
  const [, failed, attempts] = /(\d+) of (\d+)/.exec(text ?? '') ?? []
  return failed === undefined || attempts === undefined
    ? undefined
    : { failed: Number(failed), attempts: Number(attempts) }
}

/** Whether a failure did not occur in every attempt. */
export function isFlaky({ verdict, reproduced }: { readonly verdict: string; readonly reproduced?: string }) {
  const rate = reproductionOf(reproduced)
  return verdict === 'fail' && rate !== undefined && rate.failed < rate.attempts
}
