/** One thing that was looked at before a run. Only an `obstacle` keeps a run from judging; a `note` is information. */
export interface Sign {
  readonly name:
    | 'revision'
    | 'address'
    | 'TLS'
    | 'token'
    | 'ids'
    | 'control'
    | 'data'
    | 'stream'
    | 'clock'
    | 'rate'
    | 'requests'
  readonly state: 'ok' | 'note' | 'obstacle'
  readonly text: string
  readonly advice?: string
}
