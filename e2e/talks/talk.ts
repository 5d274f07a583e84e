import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().min(1)
const language = z.enum(['ru', 'en'])
/** A wall clock, for instance 2031-02-04 15:00. */
const wallClock = z.string().regex(/^20\d\d-\d\d-\d\d \d\d:\d\d$/, 'must look like 2031-02-04 15:00')
const zone = z.string().refine(isZone, 'is not an IANA time zone, for instance Europe/Lisbon')
/** A regular expression without regard to case; `ё` has to be written where it is said. */
const pattern = z
  .string()
  .min(1)
  .transform((source, ctx) => {
    try {
      return new RegExp(source, 'iu')
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: `is no regular expression: ${String(error)}` })
      return z.NEVER
    }
  })
const patterns = z.preprocess((one) => (Array.isArray(one) ? one : [one]), z.array(pattern).min(1))

const said = z.strictObject({
  text: z.string().default(''),
  media: z.enum(['photo', 'voice', 'round', 'document', 'sticker', 'contact']).optional(),
  /** The newest message of the chat with these words; quoted. */
  replyTo: pattern.optional(),
})
/** YAML reads a bare 2 as a number. */
const words = z.preprocess((one) => (typeof one === 'number' ? String(one) : one), text)
const deed = z.union([
  words.transform((plain): z.output<typeof said> => ({ text: plain })),
  z.strictObject({ edit: pattern, to: words }),
  z.strictObject({ delete: pattern }),
  z.strictObject({ react: text, on: pattern.optional() }),
  /** The human seller writes from the phone. */
  z.strictObject({ human: text }),
  z.strictObject({ pauseMs: z.number().int().min(1).max(20_000) }),
  said,
])
export type Deed = z.output<typeof deed>

/** What our answer has to be; without it: one answer, in the language of the talk. */
const answer = z.union([
  z.literal('silent'),
  z.strictObject({
    says: patterns.optional(),
    not: patterns.optional(),
    /** How many times are offered as a list. */
    offers: z.union([z.number().int().min(0), z.literal('some')]).optional(),
    language: language.optional(),
  }),
])
export type Answer = z.output<typeof answer>

const step = z
  .strictObject({
    them: z.preprocess(
      (one) => (one === undefined || Array.isArray(one) ? one : [one]),
      z.array(deed).min(1).optional(),
    ),
    us: answer.optional(),
  })
  .refine((one) => one.them !== undefined || one.us !== undefined, 'says neither `them` nor `us`')

const talkSchema = z.strictObject({
  title: text,
  language,
  person: z.strictObject({
    name: text,
    /** Of Telegram and the card; without it a number that tells a Russian phone and nothing of a zone. */
    phone: text.optional(),
    languageCode: text.optional(),
    bot: z.boolean().optional(),
  }),
  card: z
    .strictObject({
      name: text.optional(),
      contact: text.optional(),
      /** False: the card has a username only. */
      phone: z.boolean().default(true),
      fields: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  /** What stands in the seller's calendar, on the seller's clock. */
  busy: z.array(z.strictObject({ from: wallClock, to: wallClock })).default([]),
  talk: z.array(step).min(1),
  end: z.strictObject({
    /** The meeting on the calendar; `none`: there never was one; `cancelled`: it is gone again. */
    meeting: z.union([
      z.enum(['none', 'cancelled']),
      z.strictObject({ at: wallClock, zone: zone.default('Europe/Moscow') }),
      /** Some free time that the assistant chose, on the seller's clock. */
      z.strictObject({ within: z.tuple([wallClock, wallClock]) }),
    ]),
    stage: z.enum(['new', 'contacted', 'qualified', 'booked', 'won', 'lost']).optional(),
    control: z.enum(['ai', 'human', 'paused']).default('ai'),
    optedOut: z.boolean().default(false),
    language: language.optional(),
    zone: zone.optional(),
    card: z
      .strictObject({
        status: pattern.optional(),
        task: patterns.optional(),
        noTask: patterns.optional(),
        note: patterns.optional(),
      })
      .prefault({}),
    /** In the whole talk. */
    said: patterns.optional(),
    notSaid: patterns.optional(),
    /** A delivery that has to fail for good, by its reason. */
    deadLetter: pattern.optional(),
    mostMessages: z.number().int().min(0).optional(),
  }),
})
export type Talk = z.output<typeof talkSchema> & { file: string }
export type End = Talk['end']

/**
 * A talk as its file tells it.
 * @throws Error that names the file and each wrong field
 */
export function readTalk(file: string): Talk {
  const name = basename(file)
  let raw: unknown
  try {
    raw = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const parsed = talkSchema.safeParse(raw)
  if (parsed.success) return { ...parsed.data, file: name }
  const problems = parsed.error.issues.flatMap((issue) => describe(issue, []))
  throw new Error(`${name} has ${problems.length} problem(s):\n${problems.join('\n')}`)
}

/** Of a choice that fits nowhere the branch with the deepest problem is the one that was meant. */
function describe(issue: z.core.$ZodIssue, above: PropertyKey[]): string[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (branch: z.core.$ZodIssue[]) => Math.max(0, ...branch.map((one) => one.path.length))
    const meant = issue.errors.toSorted(
      (a, b) => depth(b) - depth(a) || unknownKeys(a) - unknownKeys(b) || a.length - b.length,
    )[0]!
    return meant.flatMap((one) => describe(one, path))
  }
  return [`  - ${path.map(String).join('.') || '(the file)'}: ${issue.message}`]
}

const unknownKeys = (branch: z.core.$ZodIssue[]) =>
  branch.filter((one) => one.code === 'unrecognized_keys' || one.code === 'invalid_type').length

/** Whether a talk takes times of a seller's calendar, which then has to be its own. */
export const takesTimes = ({ end, busy }: Talk): boolean => end.meeting !== 'none' || busy.length > 0

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
