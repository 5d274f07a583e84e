import type { ReadTimeResult, TimeWish } from './read-time.ts'

export type TimeCase = {
  id: string
  text: string
  lang: string
  reference: string
  tz: string
  expected: TimeWish | TimeWish[] | null
  match: string
  core?: TimeWish
  outer?: TimeWish
  toleranceMinutes?: number
  ambiguous?: boolean
  alternatives?: TimeWish[]
  note: string
}

type Span = { from: number; to: number }

/** What is wrong with the answer to a case of cases/time-phrases.json; null when it is right. */
export function checkCase(given: TimeCase, answer: ReadTimeResult): string | null {
  if (Boolean(given.ambiguous) !== answer.ambiguous) return `ambiguous is ${answer.ambiguous}`
  if (given.match === 'none') return answer.found.length === 0 ? null : 'found a time where there is none'
  const expected = [given.expected].flat().filter((wish) => wish !== null)
  const accepted =
    given.match === 'multi' ? [expected] : [...expected, ...(given.alternatives ?? [])].map((wish) => [wish])
  return accepted.some((wishes) => fits(given, wishes.map(span), answer.found.map(span)))
    ? null
    : 'a wrong time'
}

function fits(given: TimeCase, expected: Span[], found: Span[]): boolean {
  if (expected.length !== found.length) return false
  if (given.match === 'window') {
    const [core, outer] = [span(given.core!), span(given.outer!)]
    return found.every(
      ({ from, to }) => outer.from <= from && from <= core.from && core.to <= to && to <= outer.to,
    )
  }
  const slack = given.match === 'approx' ? (given.toleranceMinutes ?? 0) * 60_000 : 0
  return expected.every(
    ({ from, to }, i) => Math.abs(from - found[i]!.from) <= slack && Math.abs(to - found[i]!.to) <= slack,
  )
}

function span(wish: TimeWish): Span {
  if ('point' in wish) return { from: Date.parse(wish.point), to: Date.parse(wish.point) }
  return { from: Date.parse(wish.from), to: Date.parse(wish.to) }
}
