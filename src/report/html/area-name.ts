/** The name of an area as a heading: `not-found` becomes `Not found`. */
export function areaName(area: string): string {
  const words = area.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Requirements by area, in the order of their first requirement. */
export function byArea<T extends { readonly area: string }>(
  requirements: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const areas = new Map<string, T[]>()
  for (const one of requirements) {
    const group = areas.get(one.area)
    if (group === undefined) areas.set(one.area, [one])
    else group.push(one)
  }
  return areas
}
