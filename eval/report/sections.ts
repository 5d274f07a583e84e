import { type Figure, percent, type SuiteResult, type Table } from '../suite.ts'

/** What a report has, whatever it is written in. */
export type Section = {
  title: string
  warnings: string[]
  notes: string[]
  tables: Table[]
  bars: SuiteResult['bars']
  misses: string[]
}

const mostMisses = 400

export const showFigure = ({ unit, value }: Figure): string =>
  unit === 'share' ? percent(value) : Number.isInteger(value) ? String(value) : value.toFixed(2)

/** @param gate what fell, by suite; null when the gate was not asked for */
export const sectionOf = (result: SuiteResult): Section => ({
  title: `${result.suite}: ${result.of}`,
  warnings: result.about.filter((line) => isLoud(line)),
  notes: result.about.filter((line) => !isLoud(line)),
  tables: [
    { title: 'Figures', head: ['', 'value'], rows: result.figures.map((one) => [one.name, showFigure(one)]) },
    ...result.tables,
  ],
  bars: result.bars,
  misses: [
    ...result.misses.slice(0, mostMisses).map(({ id, what }) => `${id}: ${what}`),
    ...(result.misses.length > mostMisses ? [`and ${result.misses.length - mostMisses} more`] : []),
  ],
})

const isLoud = (line: string) => /^[A-Z ]{8,}/.test(line)

/** What a reader in a hurry wants: each suite with its date, who answered, and the figures it begins with. */
export const glanceTable = (all: SuiteResult[], at: Date): Table => ({
  title: 'At a glance',
  head: ['', 'answered by', 'measured', 'figures'],
  rows: all.map(({ suite, of, simulated, figures }) => [
    suite,
    simulated ? `${of} (no model)` : of,
    at.toISOString().slice(0, 16).replace('T', ' '),
    figures
      .slice(0, 3)
      .map((figure) => `${figure.name} ${showFigure(figure)}`)
      .join(', '),
  ]),
})

/** Two results of the same suite, figure by figure. */
export function compareTable(a: SuiteResult, b: SuiteResult): Table {
  const ofB = new Map(b.figures.map((figure) => [figure.name, figure]))
  return {
    title: `${a.suite}: A and B side by side`,
    head: ['', 'A', 'B', 'B is'],
    rows: a.figures.map((figure) => {
      const other = ofB.get(figure.name)
      return [
        figure.name,
        showFigure(figure),
        other ? showFigure(other) : 'not measured',
        other ? verdict(figure, other) : '',
      ]
    }),
  }
}

function verdict(a: Figure, b: Figure): string {
  if (Math.abs(a.value - b.value) < 5e-5) return 'the same'
  return b.value > a.value === (a.better === 'higher') ? 'better' : 'worse'
}
