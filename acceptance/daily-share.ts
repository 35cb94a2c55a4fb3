const millisecondsPerDay = 86_400_000

/** The day that decides what is run of the tests that are too many for every run. `ACCEPTANCE_DAY` repeats a day. */
export const day = Number(process.env.ACCEPTANCE_DAY ?? Math.floor(Date.now() / millisecondsPerDay))

/** One of `shares` equal shares of a list: each element has its turn once in so many days. */
export function dailyShare<T>(list: readonly T[], shares: number): readonly T[] {
  return list.filter((_, at) => at % shares === day % shares)
}
