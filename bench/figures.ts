import type { Figure } from './figure.ts'

/** Each figure by its letter: how it is measured, and the heap of its process in megabytes, where that matters. */
export const figures: Readonly<
  Record<string, { readonly heapMb?: number; readonly measure: () => Promise<Figure> }>
> = {
  a: { measure: async () => (await import('./whole-run.ts')).wholeRunFigure() },
  b: { measure: async () => (await import('./reading.ts')).readingFigure() },
  c: { measure: async () => (await import('./streaming.ts')).streamingFigure() },
  d: { heapMb: 10_000, measure: async () => (await import('./judging.ts')).judgingFigure() },
  e: { measure: async () => (await import('./latency.ts')).latencyFigure() },
  f: { measure: async () => (await import('./memory.ts')).memoryFigure() },
  g: { measure: async () => (await import('./start-up.ts')).startUpFigure() },
  h: { measure: async () => (await import('./exhaustive.ts')).exhaustiveFigure() },
}
