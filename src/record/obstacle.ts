/** Why a run would be worth nothing: one sentence on what is wrong, one on what to do. */
export interface Obstacle {
  readonly problem: string
  readonly advice: string
  /** What it is about, where that is not the connection to the target. */
  readonly concerns?: 'ids' | 'control'
}
