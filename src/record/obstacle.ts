/** Why a run would be worth nothing: one sentence on what is wrong, one on what to do. */
export interface Obstacle {
  readonly problem: string
  readonly advice: string
  /**
   * What it is about, where that is not the connection to the target. `requests`: as many as the user chose were made;
   * `time`: the run took longer than it may.
   */
  readonly concerns?: 'ids' | 'control' | 'requests' | 'time'
}
