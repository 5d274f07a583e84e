/** Half-open interval of instants [from, to) in ms. */
export type Range = { from: number; to: number }

/** True when two half-open intervals share time; touching ones do not. */
export function overlaps(a: Range, b: Range): boolean {
  return a.from < b.to && b.from < a.to
}

/** Sorted, non-empty, with overlapping and touching ones joined. */
export function merge(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else merged.push({ ...range })
  }
  return merged
}

/** What is left of `open` without `blocked`; any order in, merged order out. */
export function subtract(open: Range[], blocked: Range[]): Range[] {
  const walls = merge(blocked)
  let first = 0
  return merge(open).flatMap((range) => {
    const left: Range[] = []
    let from = range.from
    while (first < walls.length && walls[first]!.to <= range.from) first++
    for (let i = first; i < walls.length && walls[i]!.from < range.to; i++) {
      left.push({ from, to: walls[i]!.from })
      from = walls[i]!.to
    }
    left.push({ from, to: range.to })
    return left.filter((piece) => piece.from < piece.to)
  })
}

/** Time that is in both; touching ranges share nothing. */
export function intersect(a: Range[], b: Range[]): Range[] {
  const others = merge(b)
  return merge(a).flatMap((range) =>
    others
      .filter((other) => overlaps(range, other))
      .map((other) => ({ from: Math.max(range.from, other.from), to: Math.min(range.to, other.to) })),
  )
}
