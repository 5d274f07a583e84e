/** A number that the gate compares. `slack`: how far it may fall short of the baseline before it counts. */
export type Figure = {
  name: string
  value: number
  better: 'higher' | 'lower'
  slack: number
  unit?: 'share' | 'count'
}
export type Table = { title: string; head: string[]; rows: (string | number)[][] }
/** One thing that did not go as it should: its id stays the same while its words do. */
export type Miss = { id: string; what: string }
export type Bar = { label: string; value: number }

export type SuiteResult = {
  suite: SuiteName
  /** What was measured: a model's name, `simulator`, or `rules`. */
  of: string
  /** Nothing of this says how good a model is. */
  simulated: boolean
  /** For who reads the report: what these numbers mean, and what they do not. */
  about: string[]
  figures: Figure[]
  tables: Table[]
  misses: Miss[]
  /** Shares from 0 to 1, for the plot. */
  bars: { title: string; bars: Bar[] }
}

export const suiteNames = ['labels', 'attacks', 'people', 'talks', 'tokens', 'hostile'] as const
export type SuiteName = (typeof suiteNames)[number]

export type Say = (line: string) => void

/** A share of 1 where higher is better; by default 2 points may be lost. */
export const share = (name: string, value: number, slack = 0.02): Figure => ({
  name,
  value,
  better: 'higher',
  slack,
  unit: 'share',
})

/** Something of which there should be none. */
export const count = (name: string, value: number, slack = 0): Figure => ({
  name,
  value,
  better: 'lower',
  slack,
  unit: 'count',
})

export const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
