/** Which part of a divided run a record is, and what all its parts must have in common. */
export interface RunPart {
  /** 1, 2, 3 … */
  readonly index: number
  readonly count: number
  readonly version: string
  /** What was set, as JSON text by name; nothing of the target, whose tokens stay out of every file. */
  readonly settings: Readonly<Record<string, string>>
}
