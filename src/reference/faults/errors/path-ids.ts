import type { Fault } from '../fault.ts'
import { refusal } from '../overrides/path-ids.ts'

export const pathIdsFaults: readonly Fault[] = [
  {
    name: 'unknown-session-typed-permission-error',
    sentence: 'The 404 of an unknown session has the type `permission_error`.',
    violates: ['ERR-03'],
    alsoAffects: ['NFD-01', 'NFD-05'],
    override: refusal((denial) =>
      denial.message.includes('session does') ? { ...denial, type: 'permission_error' } : denial,
    ),
  },
]
