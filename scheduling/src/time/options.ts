import {
  accepts,
  dayOf,
  hasDay,
  hasTime,
  isComing,
  isDayAtom,
  isTimeAtom,
  isWholeWeek,
  put,
  timeOf,
  type Option,
  type TimeAtom,
} from './fill-option.ts'
import { isFiller } from './filler.ts'
import type { Atom, Clock, Day, Zone } from './model.ts'

const NOON = 12 * 60
const WEEKEND: Day[] = [6, 7].map((weekday) => ({ is: 'weekday', weekday }))

const NEW_CLAUSE = /^(?:но|а|зато|однако|давайте|тогда|but|however|though|let's|how)$/u

/** Groups the pieces of a text into wishes; corrected and refused ones are left out. */
export function groupOptions(atoms: Atom[]): Option[] {
  let options: Option[] = []
  let clause = 0
  let sentence = 0
  let join: 'or' | 'and' | 'comma' | undefined
  let corrected: Option | undefined
  let correcting = false
  let skipNext = false
  let instead = false
  let negated = false
  let refusing = false
  let doubt = false
  let zoneBefore: Zone | undefined
  let home: Zone | undefined
  const except: Day[] = []
  /** Clauses in which somebody did something at a time. */
  const mentions = new Set<number>()

  const endClause = (): void => {
    if (refusing && !options.some((option) => option.clause === clause))
      refuse(options.filter((o) => o.clause >= sentence).slice(-1))
    else if (refusing) refuse(options.filter((option) => option.clause === clause))
    refusing = false
    clause++
  }

  for (const [index, said] of atoms.entries()) {
    let atom = said
    // "except Monday and Tuesday"
    if (negated && atom.is === 'join' && (atom.join === 'and' || atom.join === 'or')) skipNext = true
    negated = false
    if (isTimeAtom(atom)) {
      if (skipNext) {
        skipNext = false
        // "Not tomorrow morning": is another morning wanted, or another hour of tomorrow?
        const next = atoms[index + 1]
        if (next && isTimeAtom(next) && !(instead && isDayAtom(atom) === isDayAtom(next))) doubt = true
        // "Not on Wednesday, 25 November" is one day.
        const after = next?.is === 'join' && next.join === 'comma' ? atoms[index + 2] : undefined
        if (isSameDay(atom, after) || isSameDay(after, atom)) doubt = true
        // "Next week, but not Wednesday" leaves the other days, "tomorrow, but not in the morning" the hours after it.
        const rest = restOf(atom)
        if (atom.is === 'day') except.push(atom.day)
        else if (atom.is === 'span' && atom.span.unit === 'weekend') except.push(...WEEKEND)
        else if (rest && options.length > 0) atom = rest
        else if (options.length > 0) doubt = true
        negated = true
        if (atom !== rest) continue
      }
      // "Saturday does not work Sunday then": the day said before it is refused, and not the one after it.
      if (refusing && !join && isDayAtom(atom) && options.some((one) => one.clause === clause && hasDay(one)))
        endClause()
      if (correcting && isRefinement(options, atom)) {
        for (const option of options) put(option, atom)
        correcting = false
        continue
      }
      if (correcting && options.length > 0) {
        corrected = { ...corrected, ...options.at(-1)! }
        options = []
      }
      correcting = false
      let current = options.at(-1)
      // "Tomorrow at 3 and Monday at 4"
      const another =
        isDayAtom(atom) &&
        current &&
        hasDay(current) &&
        hasTime(current) &&
        // "Mon 10 to 12 or 2 to 4, Tue all day"; "tomorrow at 9, Sunday at 10"
        (join === 'and' || (join === 'comma' && (current.borrowed || isTimed(atoms, index))))
      // "Late December, before New Year": how far does the one narrow the other?
      const isBound = atom.is === 'days' && (atom.from === undefined || atom.to === undefined)
      const isInside = isComing(current?.span) || isWholeWeek(current?.span)
      if (isBound && current && hasDay(current) && !current.refused && join !== 'or' && !isInside)
        doubt = true
      if (current?.day?.is === 'past' && current.clause === clause && join !== 'or') {
        // "Last week on Tuesday" is past too.
        continue
      }
      if (!current || current.refused || join === 'or' || another || !accepts(current, atom)) {
        // Two times side by side that nothing joins: one of them may not be meant.
        if (current && !join && current.clause === clause && !current.refused) doubt = true
        // "At 2, my bad, 3": what stands between them may take the first one back.
        if (
          join === 'comma' &&
          current &&
          !current.refused &&
          clause - current.clause > 1 &&
          !isDayAtom(atom)
        )
          doubt = true
        const next: Option = { clause, joined: join !== undefined, zone: current ? undefined : zoneBefore }
        if (current && !isDayAtom(atom) && hasDay(current)) {
          // "Tomorrow at 3 does not work, at 5?" is tomorrow too; after "tomorrow does not work" no day is sure.
          if (!current.refused || hasTime(current)) Object.assign(next, dayOf(current), { borrowed: true })
          // "Tomorrow evening, 7 or 8"
          if (atom.is === 'clock' && !atom.clock.half && !current.refused && current.clock)
            next.part = current.part
          else next.dayRefused = true
        }
        if (current?.day?.is === 'weekday' && atom.is === 'day' && atom.day.is === 'weekday' && join) {
          next.span = current.day.week === undefined ? undefined : { unit: 'week', offset: current.day.week }
        }
        options.push((current = next))
      }
      if (isDayAtom(atom) && hasTime(current) && !hasDay(current)) current.timeFirst = true
      put(current, atom)
      current.clause = clause
      join = undefined
      continue
    }
    if (atom.is === 'zone' && 'tz' in atom.zone && atom.zone.home) home = atom.zone
    else if (atom.is === 'zone') {
      const without = options.filter(({ zone }) => zone === undefined)
      for (const option of without) option.zone = atom.zone
      if (options.length === 0) zoneBefore = atom.zone
      else if (without.length === 0) doubt ||= !isSameZone(options.at(-1)?.zone, atom.zone)
    }
    if (atom.is === 'afterwards') {
      const last = options.at(-1)
      if (last?.days?.to && !last.days.from)
        Object.assign(last, { days: { from: last.days.to }, refused: false, unsure: false })
      else if (last?.clocks?.to)
        Object.assign(last, { clocks: { from: last.clocks.to }, refused: false, unsure: false })
      else if (last?.turned) last.unsure = false
      else doubt = true
      refusing = false
    }
    // "Not sure yet, maybe Tuesday": no time is refused.
    if (skipNext && atom.is === 'word' && /\p{L}/u.test(atom.text) && !isFiller(atom)) {
      skipNext = false
      doubt = true
    }
    if (atom.is === 'doubt') doubt = true
    else if (atom.is === 'correction') correcting = true
    else if (atom.is === 'mention') mentions.add(clause)
    else if (atom.is === 'not') {
      skipNext = true
      instead = atom.instead === true
    } else if (atom.is === 'refusal') refusing = true
    else if (atom.is === 'join' && atom.join !== 'dash') {
      if (join !== 'or') join = atom.join
      if (atom.join === 'comma') endClause()
    } else if (atom.is === 'stop') {
      endClause()
      sentence = clause
      join = undefined
      // "Tomorrow at 3, but not ...": not what?
      doubt ||= skipNext
      skipNext = false
    } else if (atom.is === 'word' && NEW_CLAUSE.test(atom.text)) {
      endClause()
      skipNext = false
    }
  }
  endClause()
  share(options)
  // "I am in Almaty, tomorrow at 12 my time"
  for (const option of home ? options : [])
    if (!option.zone) option.zone = home
    else if ('whose' in option.zone && option.zone.whose === 'mine') option.zone = sure(home)
  // "You called yesterday at 10:30" is over; "you called at 10:30" may be a wish.
  for (const at of mentions) doubt ||= !options.some((one) => one.clause === at && one.day?.is === 'past')
  if (correcting || skipNext || doubt) for (const option of options) option.unsure = true
  for (const option of options)
    option.unsure ||= (option.dayRefused === true || option.part?.each === true) && !hasDay(option)
  // "After 5 on weekdays, any time on weekends": what is said of both?
  if (options.some(({ span }) => isComing(span)) && options.some(({ span }) => span?.unit === 'weekend'))
    for (const option of options) option.unsure = true
  // "After 6, but not on Wednesday": on the coming days.
  const named = options.some(hasDay)
  for (const option of except.length > 0 ? options : [])
    Object.assign(option, { except, ...(!named && { span: { unit: 'days', offset: 0 } }) })
  return options.filter((option) => !option.refused).map((option) => inherit(option, corrected))
}

/** A weekday and a date. */
function isSameDay(one: Atom | undefined, other: Atom | undefined): boolean {
  return one?.is === 'day' && one.day.is === 'weekday' && other?.is === 'day' && other.day.is === 'date'
}

/** What is left of a day without these hours; null when that is not one piece. */
function restOf(atom: TimeAtom): Extract<Atom, { is: 'clocks' }> | null {
  const at = (minutes: number): Clock => ({ h: minutes / 60, m: 0, written24: true })
  if (atom.is === 'part' && atom.part.half === 'am') return { is: 'clocks', from: at(NOON) }
  if (atom.is === 'part' && atom.part.half === 'evening') return { is: 'clocks', to: at(atom.part.from) }
  if (atom.is !== 'clocks' || (atom.from && atom.to)) return null
  return { is: 'clocks', from: atom.to, to: atom.from }
}

/** "Saturday or Sunday, better after 12": hours where none were said replace nothing. */
function isRefinement(options: Option[], atom: TimeAtom): boolean {
  const isTime = atom.is === 'clock' || atom.is === 'clocks' || atom.is === 'part'
  return isTime && options.length > 0 && options.every((one) => !one.refused && hasDay(one) && !hasTime(one))
}

/** Does a time of day follow the day at this place? */
function isTimed(atoms: Atom[], index: number): boolean {
  const next = atoms.slice(index + 1).find((atom) => atom.is !== 'word')
  return next?.is === 'clock' || next?.is === 'clocks' || next?.is === 'part'
}

function sure(zone: Zone | undefined): Zone | undefined {
  return zone && 'tz' in zone ? { tz: zone.tz, others: zone.others } : zone
}

function isSameZone(one: Zone | undefined, other: Zone): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** "Wed or Thu at 3" and "at 3 on Wed or Thu" mean both at 3; "at 3 or 5 on Thu" means both on Thu. */
function share(options: Option[]): void {
  for (const [i, option] of options.entries()) {
    const before = options[i - 1]
    if (before?.timeFirst && option.joined && !hasTime(option) && !option.elapsed) {
      Object.assign(option, timeOf(before), { timeFirst: true })
    }
  }
  for (let i = options.length - 1; i > 0; i--) {
    const [before, last] = [options[i - 1]!, options[i]!]
    if (!last.joined || last.refused !== before.refused) continue
    if (!hasTime(before) && hasTime(last) && hasDay(before) && !before.elapsed && hasDay(last))
      Object.assign(before, timeOf(last))
    else if (!hasDay(before) && hasDay(last) && hasTime(before) && !last.elapsed)
      Object.assign(before, dayOf(last))
    before.approx ??= last.approx
  }
}

function inherit(option: Option, corrected: Option | undefined): Option {
  if (!corrected) return option
  if (!hasDay(option)) return { ...option, ...dayOf(corrected), zone: option.zone ?? corrected.zone }
  if (hasTime(option) || option.elapsed || !hasTime(corrected)) return option
  // "Tomorrow at 3. No, Wednesday": probably still at 3.
  return { ...option, ...timeOf(corrected), zone: option.zone ?? corrected.zone, unsure: true }
}

/** What cannot be is turned round where that says when it can: busy until 3 means after 3. */
function refuse(options: Option[]): void {
  for (const option of options) {
    const { clocks, days } = option
    if (days?.to && !days.from) {
      option.days = { from: days.to }
      option.unsure = true
    } else if (clocks && (clocks.from === undefined) !== (clocks.to === undefined)) {
      option.clocks = { from: clocks.to, to: clocks.from }
      option.turned = option.unsure = true
    } else option.refused = true
  }
}
