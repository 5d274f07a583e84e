import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { repository } from '../local/settings/config.ts'
import { type Figure, percent, type SuiteResult } from './suite.ts'

const entry = z.strictObject({
  figures: z.record(z.string(), z.number()),
  /** Ids of what did not go as it should. */
  misses: z.array(z.string()),
})
/** By suite, then by what was measured: a model is compared with itself. */
const baselineSchema = z.record(z.string(), z.record(z.string(), entry))
export type Baseline = z.output<typeof baselineSchema>

export const baselineFile = join(import.meta.dirname, 'baseline.json')

/** @throws Error that names the file and each wrong field */
export function readBaseline(file = baselineFile): Baseline {
  if (!existsSync(file)) return {}
  const parsed = baselineSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(`${relative(repository, file)}:\n${z.prettifyError(parsed.error)}`)
}

/** Keeps what other suites and models had. */
export function writeBaseline(results: SuiteResult[], file = baselineFile): void {
  const baseline = readBaseline(file)
  for (const { suite, of, figures, misses } of results)
    baseline[suite] = {
      ...baseline[suite],
      [of]: {
        figures: Object.fromEntries(figures.map(({ name, value }) => [name, Math.round(value * 1e4) / 1e4])),
        misses: misses.map(({ id }) => id).toSorted(),
      },
    }
  writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`)
}

export type Gate = {
  /** Figures that are worse than the slack allows, a line each. Empty: the gate is open. */
  fell: string[]
  /** What went wrong now and not in the baseline: where to look. */
  news: string[]
  /** There is nothing to compare with. */
  unknown: boolean
}

/** Compares a result with the baseline of the same suite and model. */
export function compareWithBaseline(result: SuiteResult, baseline: Baseline): Gate {
  const before = baseline[result.suite]?.[result.of]
  if (!before) return { fell: [], news: [], unknown: true }
  const measured = new Map(result.figures.map((figure) => [figure.name, figure]))
  const fell = Object.entries(before.figures).flatMap(([name, was]) => {
    const figure = measured.get(name)
    if (!figure) return [`${name}: ${was} before, not measured now`]
    return hasFallen(figure, was)
      ? [`${name}: ${show(figure, was)} before, ${show(figure, figure.value)} now`]
      : []
  })
  const known = new Set(before.misses)
  const news = result.misses.filter(({ id }) => !known.has(id)).map(({ id, what }) => `${id}: ${what}`)
  return { fell, news, unknown: false }
}

/** The baseline is rounded: half of its last place is no fall. */
const hasFallen = ({ better, value, slack }: Figure, was: number) =>
  (better === 'higher' ? was - value : value - was) > slack + 5e-5

const show = ({ unit }: Figure, value: number) => (unit === 'share' ? percent(value) : String(value))
