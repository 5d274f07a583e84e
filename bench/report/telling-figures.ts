import type { Figure } from '../benchmark.ts'
import type { Result } from './run-all.ts'

/** Of a benchmark that has more figures than a page, those that are not met and the nearest to it. */
const most = 12
const nearest = 5

/** What is shown of a run in short: every figure, but of very many of a kind the telling ones. */
export const tellingFigures = (results: Result[]): Figure[] =>
  results.flatMap(({ figures }) => {
    if (figures.length <= most) return figures
    const byRatio = figures.toSorted((a, b) => b.value / b.goal - a.value / a.goal)
    const close = new Set(byRatio.filter(({ met }) => met).slice(0, nearest))
    return byRatio.filter((figure) => !figure.met || close.has(figure))
  })
