import { z } from 'zod'
import { instant } from '../instant.ts'
import { isTimeZone } from '../zone.ts'
import type { Atom, Grammar } from './model.ts'
import { nameBooked } from './booked-words.ts'
import { english } from './en/grammar.ts'
import { lex, normalise } from './lex.ts'
import { namesForeignDay } from './foreign-days.ts'
import { hasLeftover } from './leftover.ts'
import { groupOptions } from './options.ts'
import { relate } from './relate.ts'
import { resolveOption, writeInstant, type Interval } from './resolve.ts'
import { russian } from './ru/grammar.ts'
import { readTranslit } from '../translit.ts'

const zone = z.string().refine(isTimeZone, 'unknown time zone, an IANA name is expected')

export const readTimeInputSchema = z.object({
  text: z.string().max(4000),
  /** Found from the letters when absent. */
  lang: z.enum(['ru', 'en']).optional(),
  /** The moment the text was written. */
  reference: instant,
  /** Zone of the writer. */
  tz: zone,
  /** Zone of the reader, for "your time". */
  sellerTz: zone.default('Europe/Moscow'),
  /** Their booked meeting, and the times that are offered in its place: hours without a day are of its day ("make it 4pm"). */
  booked: z.object({ start: instant, offered: z.array(instant).default([]) }).optional(),
})
export type ReadTimeInput = z.input<typeof readTimeInputSchema>

/** RFC 3339 instants with the offset of the zone that was meant. */
export type TimeWish = { from: string; to: string } | { point: string }

export type ReadTimeResult = {
  /** In the order of the text. When there are several, a point is written as an interval with equal ends. */
  found: TimeWish[]
  /** The text has more than one sensible reading: ask before booking. */
  ambiguous: boolean
  approximate: boolean
  /** Nothing is found because the times that were named are refused or past: no doubt is left. */
  unwanted?: true
  /** The other sensible readings, where they can be named. */
  alternatives?: TimeWish[]
}

/**
 * Reads the times a person wrote in Russian or English. Deterministic: the same text, reference and zone give the same
 * answer. Throws ZodError for a bad input.
 */
export function readTime(input: ReadTimeInput): ReadTimeResult {
  const { text: typed, lang, reference, tz, sellerTz, booked: known } = readTimeInputSchema.parse(input)
  const text = readTranslit(typed)
  const isRussian = text !== typed || (lang ?? (/\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en')) === 'ru'
  const grammars: [Grammar, Grammar] = isRussian ? [russian, english] : [english, russian]
  const [grammar, other] = grammars
  const booked = known && {
    at: Date.parse(known.start),
    offered: known.offered.map((one) => Date.parse(one)),
  }
  const said = normalise(text, grammar)
  const atoms = relate(
    lex(booked ? nameBooked(said, { ...booked, tz }, grammars) : said, grammar, other),
    grammar,
  )
  const options = groupOptions(
    hasLeftover(atoms, grammars) || namesForeignDay(text) ? [...atoms, { is: 'doubt' }] : atoms,
  )
  const moment = { now: Date.parse(reference), tz, sellerTz, booked }
  const resolved = options.map((option) => resolveOption(option, moment))

  const intervals = distinct(resolved.flatMap((one) => one.intervals))
  const others = distinct(resolved.flatMap((one) => one.others))
  const found = intervals.map((interval) => wish(interval, intervals.length > 1))
  return {
    found,
    ambiguous: found.length > 0 && resolved.some(({ unsure }) => unsure),
    approximate: options.some(({ approx }) => approx === true),
    ...(found.length === 0 &&
      atoms.some(isUnwanted) &&
      !atoms.some(({ is }) => is === 'doubt') && { unwanted: true as const }),
    ...(found.length > 0 &&
      others.length > 0 && { alternatives: others.map((interval) => wish(interval, false)) }),
  }
}

function isUnwanted(atom: Atom): boolean {
  if (atom.is === 'day') return atom.day.is === 'past' && !atom.day.never
  return atom.is === 'refusal' || atom.is === 'not'
}

function distinct(intervals: Interval[]): Interval[] {
  return [...new Map(intervals.map((interval) => [`${interval.from} ${interval.to}`, interval])).values()]
}

function wish({ from, to, tz }: Interval, one: boolean): TimeWish {
  if (from === to && !one) return { point: writeInstant(from, tz) }
  return { from: writeInstant(from, tz), to: writeInstant(to, tz) }
}
