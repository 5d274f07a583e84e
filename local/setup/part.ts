import { type Language, type Texts, texts } from '../../texts/index.ts'
import type { GoogleAccess } from '../../api/src/google/google-client.ts'
import type { Config } from '../settings/config.ts'

export type SetupText = Texts['terminal']['setup']
export type PartId = keyof SetupText['parts']
export type WayId = keyof SetupText['ways']
/** A variable as .env has it; `_FILE` names the file with its content. */
export type AskedName = keyof SetupText['where']
export type Values = Record<string, string>

/** One thing that was looked at, and when something is wrong, the step that mends it; a step without a fault is for later. */
export type Row = { what: string; has: string; fault: string | null; next: string | null }

/** Other addresses than the real ones of services that no variable moves: for a simulator that stands in their place. */
export type Places = {
  /** Control address of the Telegram simulator. */
  telegram: string | null
  google: Pick<GoogleAccess, 'accounts' | 'token' | 'api'> | null
}

/** What a check is made with: settings in which this part alone is as asked, and everything else simulated. */
export type Look = { config: Config; places: Places; now: Date; language: Language }

export type Question = {
  name: AskedName
  isSecret: boolean
  /** It may stay empty. */
  isOptional?: boolean
  /** What people paste, as it has to be. */
  tidy?: (typed: string) => string
  /** What is taken when nothing was set and nothing is typed. */
  usual?: (values: Values) => string
  /** Where an empty answer gets the value from. */
  obtain?: (look: Look, ports: { show: (line: string) => void; signal: AbortSignal }) => Promise<string>
}

/** One way in which an integration may run. */
export type Way = {
  id: WayId
  isReal: boolean
  /** Variables that follow from the choice. */
  fixed: (values: Values) => Values
  questions: Question[]
  /** What is done to check it, and what comes next when all is well: keys of the texts. */
  how: keyof SetupText['how']
  step: keyof SetupText['steps']
}

export type Part = {
  id: PartId
  /** All variables that it is made of. */
  names: string[]
  ways: [Way, ...Way[]]
  wayOf: (values: Values) => WayId
  /** Never throws for what is wrong outside: that is a row. */
  check: (look: Look) => Promise<Row[]>
  /** What may be made in the account right away when a check misses it. */
  fill?: { isOf: (row: Row) => boolean; make: (look: Look) => Promise<string[]> }
}

export const good = (what: string, has: string): Row => ({ what, has, fault: null, next: null })
export const bad = (what: string, fault: string, next: string): Row => ({
  what,
  has: texts.en.terminal.checks.nothing,
  fault,
  next,
})
export type CheckWords = Texts['terminal']['checks']
export const checkWords = (language: Language): CheckWords => texts[language].terminal.checks
