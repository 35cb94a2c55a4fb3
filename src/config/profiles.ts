/** Settings by their environment variables. */
type Defaults = Readonly<Record<string, string>>

/** What each profile sets; flags, environment and `.env` override it. */
export const profiles = {
  smoke: { CONFORMANCE_MAX_REQUESTS: '50', CONFORMANCE_RUNS: '0' },
  default: {},
  thorough: { CONFORMANCE_RUNS: '64', CONFORMANCE_RUN_TIMEOUT_MS: '3600000' },
} as const satisfies Readonly<Record<string, Defaults>>

export const profileNames = ['smoke', 'default', 'thorough'] as const

/** The settings of a profile by its name; none for an unknown one, which is a problem of its own. */
export function profileSettings(name: string | undefined): Defaults {
  const known = profileNames.find((one) => one === name)
  return known === undefined ? {} : profiles[known]
}
