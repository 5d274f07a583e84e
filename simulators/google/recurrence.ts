import { Temporal } from 'temporal-polyfill'
import { invalid } from './errors.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export type Rule = {
  weekly: boolean
  interval: number
  count: number
  until: string | undefined
  days: number[]
  /** Left out occurrences: days `YYYY-MM-DD` or wall clocks / instants as written. */
  except: string[]
}

/** Reads `RRULE` (DAILY or WEEKLY with INTERVAL, COUNT, UNTIL, BYDAY) and `EXDATE` lines. @throws invalid for anything else */
export function parseRecurrence(lines: string[]): Rule {
  const rule: Rule = {
    weekly: false,
    interval: 1,
    count: Infinity,
    until: undefined,
    days: [],
    except: [],
  }
  let rules = 0
  for (const line of lines) {
    const exdate = /^EXDATE(?:;[^:]*)?:(.+)$/.exec(line)
    if (exdate) rule.except.push(...exdate[1]!.split(','))
    else if (line.startsWith('RRULE:')) {
      rules += 1
      for (const part of line.slice(6).split(';')) addPart(rule, part, line)
    } else throw unsupported(line)
  }
  if (rules !== 1) throw unsupported(lines.join(' '))
  return rule
}

function addPart(rule: Rule, part: string, line: string): void {
  const [key, value = ''] = part.split('=')
  const number = Number(value)
  if (key === 'FREQ' && (value === 'DAILY' || value === 'WEEKLY')) rule.weekly = value === 'WEEKLY'
  else if (key === 'INTERVAL' && number >= 1) rule.interval = number
  else if (key === 'COUNT' && number >= 1) rule.count = number
  else if (key === 'UNTIL' && /^\d{8}(T\d{6}Z)?$/.test(value)) rule.until = value
  else if (key === 'BYDAY' && value.split(',').every((day) => weekdays.includes(day)))
    rule.days = value.split(',').map((day) => weekdays.indexOf(day) + 1)
  else if (key !== 'WKST' || value !== 'MO') throw unsupported(line)
}

const unsupported = (line: string) => invalid(`Invalid recurrence rule: ${line}`)

/**
 * The days on which a rule falls, from its first day on, at most ten years. COUNT and UNTIL are applied here; EXDATE is
 * not, because it compares times.
 */
export function* ruleDays(rule: Rule, first: string): Generator<string> {
  const start = Temporal.PlainDate.from(first)
  const days = rule.days.length || !rule.weekly ? rule.days : [start.dayOfWeek]
  const until = rule.until && rule.until.slice(0, 8)
  let left = rule.count
  for (let n = 0; n < 3660 && left > 0; n++) {
    const day = start.add({ days: n })
    // One day more than UNTIL says, because its instant may be the next day in the event's zone; the caller checks it.
    if (until && compact(day.subtract({ days: 1 }).toString()) > until) return
    const step = rule.weekly ? Math.floor((n + start.dayOfWeek - 1) / 7) : n
    if (step % rule.interval !== 0 || (days.length > 0 && !days.includes(day.dayOfWeek))) continue
    left -= 1
    yield day.toString()
  }
}

/** `20261123` or `20261123T070000Z`: as in rules and in the ids of instances. */
export const compact = (text: string) => text.replaceAll(/[-:]/g, '')
