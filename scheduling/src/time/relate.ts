import type { Atom, Clock, Day, Edge, Grammar, Part, Relation } from './model.ts'
import { isRangeJoint, pairEnds } from './pair-ends.ts'

type Operand = { atom: Atom; next: number; approx: boolean }
type Bounds = { from?: Atom; to?: Atom; exclusive?: boolean }

// Small words that may stand between a preposition and its time.
export const FILLER = /^(?:чем|the|than|say|like|maybe|может|наверное|хотя|будет|об|this|o'clock)$/u

const INCLUSIVE = /^(?:включительно|включая|inclusive|included)$/u

/** Joins prepositions with their times, pairs with ranges, and decides which bare numbers are hours. */
export function relate(lexed: Atom[], grammar: Grammar): Atom[] {
  const atoms = pairEnds(lexed)
  const hasDay = atoms.some(({ is }) => is === 'day' || is === 'span' || is === 'days')
  const made: Atom[] = []

  // Kept: each asks its neighbour, and "1-1-1-..." would ask for each of its numbers anew.
  const hours = new Map<number, (Atom & { is: 'clock' }) | null>()
  const hour = (index: number): (Atom & { is: 'clock' }) | null => {
    const kept = hours.get(index)
    if (kept !== undefined) return kept
    const found = readHour(index)
    hours.set(index, found)
    return found
  }
  const readHour = (index: number): (Atom & { is: 'clock' }) | null => {
    const atom = atoms[index]
    if (atom?.is !== 'number' || atom.value > 24) return null
    const after = atoms[index + 1]
    const word = after?.is === 'word' ? after.text : undefined
    const fits =
      word === undefined || (!grammar.quantity.test(word) && (hasDay || grammar.afterHour.test(word)))
    if (!fits || after?.is === 'number') return null
    // "between 10 and 20 people": when one end is a quantity, so is the other.
    const joint = after && (after.is === 'relation' || (after.is === 'join' && after.join !== 'comma'))
    const other = atoms[index + 2]
    const dated = atoms[index + 3]?.is === 'relation'
    if (joint && other?.is === 'number' && !hour(index + 2) && !(dated && other.value <= 31)) return null
    const written24 = /^0\d/.test(atom.text) || atom.value > 12 || undefined
    return { is: 'clock', clock: { h: atom.value, m: 0, written24 } }
  }

  const operand = (start: number): Operand | null => {
    let approx = false
    let index = start
    for (; index < atoms.length; index++) {
      const atom = atoms[index]!
      if (atom.is === 'relation' && (atom.relation === 'at' || atom.relation === 'about'))
        approx ||= atom.relation === 'about'
      else if (!(atom.is === 'word' && FILLER.test(atom.text))) break
    }
    const atom = atoms[index]
    if (!atom) return null
    if (atom.is === 'number') {
      const clock = hour(index)
      return clock && { atom: clock, next: index + 1, approx }
    }
    return isTime(atom) ? { atom, next: index + 1, approx } : null
  }

  /** The second end of a range that starts with `first`, when `index` stands at what joins them. */
  const secondEnd = (first: Operand, said: Relation | undefined): Operand | null => {
    const joints = jointsOf(said)
    const joint = atoms[first.next]
    if (!joint || !joints(joint)) return null
    const second = operand(first.next + 1)
    if (!second) return null
    const ordinal = first.atom.is === 'day' && first.atom.day.is === 'date' && second.atom.is === 'clock'
    // "26 Nov until 12" is an hour of that day, "from 23 Nov to 25" another day.
    if (ordinal && !said && joint.is === 'relation' && joint.relation !== 'to') return null
    if (ordinal && joint.is !== 'join') return { ...second, atom: dayLike(first.atom, second.atom) }
    return second.atom.is === first.atom.is ? second : null
  }

  /** A day and a time of it, in either order, from `start` on. */
  const edge = (
    start: number,
    ends = false,
  ): { day?: Day; clock?: Clock; part?: Part; next: number } | null => {
    const found: { day?: Day; clock?: Clock; part?: Part; next: number } = { next: start }
    for (let at = start; at < atoms.length;) {
      const piece = operand(atoms[at]?.is === 'join' && at > start ? at + 1 : at)
      const comma = atoms[at]
      if (!piece || piece.approx || (at > start && comma?.is === 'join' && comma.join !== 'comma')) break
      const said = piece.atom
      // "Mon 9-11, Tue after 2": after the end of a range a comma and a day begin something new.
      if (ends && comma?.is === 'join' && found.clock && said.is === 'day') break
      if (said.is === 'day' && !found.day) found.day = said.day
      else if (said.is === 'clock' && !found.clock) found.clock = said.clock
      else if (said.is === 'part' && !found.part) found.part = said.part
      else break
      at = found.next = piece.next
    }
    return found.next === start ? null : found
  }

  /** "From 4pm today to noon tomorrow": two days, at least one of them with a time. */
  const stretch = (start: number, relation: Relation | undefined): { made: Atom[]; next: number } | null => {
    const from = edge(start)
    const joint = from && atoms[from.next]
    if (!from?.day || !joint || !isStretchJoint(joint, relation)) return null
    const to = edge(from.next + 1, true)
    // "9pm tomorrow until 1am"
    const startsWithTime = atoms[start]?.is === 'clock' && from.clock && to?.clock && !to.day && !to.part
    if (startsWithTime && !from.part)
      return {
        made: [
          { is: 'day', day: from.day },
          { is: 'clocks', from: from.clock, to: to.clock },
        ],
        next: to.next,
      }
    if (!to?.day) return null
    const until = joint.is === 'relation' && ['before', 'until'].includes(joint.relation)
    const fromTime = from.clock ?? from.part
    // "Mon-Fri at 9" and "Mon-Fri 9-6" are hours of each day.
    const eachDay = !fromTime && (!until || (!to.clock && !to.part))
    if (eachDay || isRangeJoint(atoms[to.next])) return null
    const exclusive = joint.is === 'relation' && joint.relation === 'before'
    const [first, last]: [Edge, Edge] = [
      { day: from.day, clock: from.clock, part: from.part },
      { day: to.day, clock: to.clock, part: to.part },
    ]
    return { made: [{ is: 'stretch', from: first, to: last, exclusive }], next: to.next }
  }

  /** "С 25 по 27": numbers that are too high for hours are days of a month. */
  const dates = (start: number): { made: Atom; next: number } | null => {
    const [one, joint, two] = [atoms[start], atoms[start + 1], atoms[start + 2]]
    if (one?.is !== 'number' || two?.is !== 'number' || !isRangeJoint(joint) || isAmount(atoms[start + 3]))
      return null
    const fits = one.value >= 1 && one.value < two.value && two.value > 24 && two.value <= 31
    if (!fits || atoms[start + 3]?.is === 'number') return null
    const date = (day: number): Day => ({ is: 'date', day })
    return { made: { is: 'days', from: date(one.value), to: date(two.value) }, next: start + 3 }
  }

  let index = 0
  while (index < atoms.length) {
    const atom = atoms[index]!
    const relation = atom.is === 'relation' ? atom.relation : undefined
    const named = relation === 'from' ? dates(index + 1) : null
    if (named) {
      made.push(named.made)
      index = named.next
      continue
    }
    const long = stretch(relation ? index + 1 : index, relation)
    if (long) {
      made.push(...long.made)
      index = long.next
      continue
    }
    const monthDay = dayBeforeTime(index)
    const first = monthDay
      ? monthDay
      : relation
        ? operand(index + 1)
        : isTime(atom)
          ? { atom, next: index + 1, approx: false }
          : bareHour(index)
    if (!first) {
      made.push(atom)
      index++
      continue
    }
    const approx = first.approx || relation === 'about'
    if (monthDay !== null && atoms[index - 1]?.is !== 'join' && atoms[index + 1]?.is !== 'join')
      made.push({ is: 'doubt' })
    const second = secondEnd(first, relation)
    if (second) {
      if (doubtful(index, first, second)) made.push({ is: 'doubt' })
      const joint = atoms[first.next]
      const exclusive = joint?.is === 'relation' && joint.relation === 'before'
      made.push(...bounded({ from: first.atom, to: second.atom, exclusive }, approx))
      index = second.next
    } else {
      // Between this and what?
      if (relation === 'between' && first.atom.is !== 'days' && first.atom.is !== 'clocks')
        made.push({ is: 'doubt' })
      // "about 20" may be an answer to how many.
      if (relation === 'about' && !hasDay && atoms[first.next - 1]?.is === 'number')
        made.push({ is: 'doubt' })
      const after = atoms[first.next]
      const inclusive = after?.is === 'word' && INCLUSIVE.test(after.text)
      made.push(...related(inclusive && relation === 'before' ? 'until' : relation, first.atom, approx))
      index = first.next
    }
  }
  return made

  /** The second of "24 or 25". */
  function isPaired(at: number): boolean {
    const [first, joint] = [made.at(-2), made.at(-1)]
    const isFirst = first?.is === 'day' && first.day.is === 'date' && first.day.month === undefined
    const number = atoms[at]
    return (
      isFirst && joint?.is === 'join' && joint.join === 'or' && number?.is === 'number' && number.value > 24
    )
  }

  /** "25 at 3": a number that begins a message and has a time after it is a day of the month. */
  function dayBeforeTime(at: number, paired = isPaired(at)): Operand | null {
    const either = atoms[at + 1]
    const second = atoms[at + 2]
    // "24 or 25 at 3"
    if (either?.is === 'join' && either.join === 'or' && second?.is === 'number' && second.value > 24) {
      const day = dayBeforeTime(at + 2, true)
      const one = atoms[at]
      return day && one?.is === 'number' && one.value >= 1 && one.value < second.value
        ? { atom: { is: 'day', day: { is: 'date', day: one.value } }, next: at + 1, approx: false }
        : null
    }
    const [number, preposition, time] = [atoms[at], atoms[at + 1], atoms[at + 2]]
    const begins = paired || at === 0 || atoms[at - 1]?.is === 'stop' || atoms[at - 1]?.is === 'correction'
    if (number?.is !== 'number' || number.value < 1 || number.value > 31) return null
    if (preposition?.is !== 'relation' || (time?.is !== 'clock' && !hour(at + 2))) return null
    const named = made.findLast((atom) => atom.is === 'day')
    // "25 November at 3 or 26 at 11": the same month.
    if (named?.is === 'day' && named.day.is === 'date' && atoms[at - 1]?.is === 'join')
      return { atom: { is: 'day', day: { ...named.day, day: number.value } }, next: at + 1, approx: false }
    if (!begins || preposition.relation !== 'at') return null
    return { atom: { is: 'day', day: { is: 'date', day: number.value } }, next: at + 1, approx: false }
  }

  /** Two bare numbers and nothing else may be an amount; "10 to 5" may be ten minutes to five. */
  function doubtful(at: number, first: Operand, second: Operand): boolean {
    if (atoms[at]?.is !== 'number' || atoms[second.next - 1]?.is !== 'number') return false
    const joint = atoms[first.next]
    const minutes = first.atom.is === 'clock' ? first.atom.clock.h : 0
    const last = second.atom.is === 'clock' ? second.atom.clock.h : 0
    return (
      (atoms.length === 3 && !hasDay) ||
      (joint?.is === 'relation' && [5, 10, 20].includes(minutes) && last < minutes)
    )
  }

  function isAmount(atom: Atom | undefined): boolean {
    return atom?.is === 'word' && grammar.quantity.test(atom.text)
  }

  /** A number without a preposition: after a day or another hour, before a day, or the whole message. */
  function bareHour(at: number): Operand | null {
    const clock = hour(at)
    const before = atoms[at - 1]
    const after = atoms[at + 1]
    // "Thursday 26": more than a day has hours.
    const number = atoms[at]
    const isDate = number?.is === 'number' && number.value > 24 && number.value <= 31
    if (isDate && before?.is === 'day' && before.day.is === 'weekday' && !isAmount(after))
      return { atom: { is: 'day', day: { is: 'date', day: number.value } }, next: at + 1, approx: false }
    if (!clock) return null
    // "Tomorrow at 3, 24 Main Street"
    const isNews = before?.is === 'join' && before.join === 'comma' && after?.is === 'word'
    if (isNews && after.text !== '' && !grammar.afterHour.test(after.text)) return null
    const to = after?.is === 'relation' && after.relation === 'to'
    const end = atoms[at + 2]
    const range =
      (to || (after?.is === 'join' && after.join === 'dash')) &&
      (end?.is === 'clock' || hour(at + 2) !== null)
    const lastTime = made.findLast((atom) => atom.is !== 'join' && atom.is !== 'relation')
    const isWeekday = before?.is === 'day' && before.day.is === 'weekday'
    // "Monday 23 at 3": a day of the month, as a time follows.
    if (isWeekday && (after?.is === 'clock' || (after?.is === 'relation' && after.relation === 'at')))
      return {
        atom: { is: 'day', day: { is: 'date', day: clock.clock.h || 31 } },
        next: at + 1,
        approx: false,
      }
    if (isWeekday) clock.clock.afterWeekday = true
    // "10 or 11 am": both have the half that is said once.
    if (
      after?.is === 'join' &&
      after.join === 'or' &&
      end?.is === 'clock' &&
      end.clock.half !== 'day' &&
      before?.is !== 'word'
    ) {
      const half = clock.clock.written24 ? undefined : end.clock.half
      return { atom: { is: 'clock', clock: { ...clock.clock, half } }, next: at + 1, approx: false }
    }
    // "3 or 4 tomorrow"
    const pair = after?.is === 'join' && after.join === 'or' && end?.is === 'number'
    if (pair && hour(at + 2) && atoms[at + 3]?.is === 'day')
      return { atom: clock, next: at + 1, approx: false }
    // "7, tonight"
    const begins = before === undefined || before.is === 'stop'
    if (begins && after?.is === 'join' && after.join === 'comma' && end?.is === 'day')
      return { atom: clock, next: at + 1, approx: false }
    // "3 on Tuesday": an hour, but it may be an amount.
    if (before === undefined && after?.is === 'relation' && after.relation === 'at' && end?.is === 'day')
      return { atom: { ...clock, alone: true }, next: at + 1, approx: false }
    const expected =
      (before !== undefined && (before.is === 'day' || before.is === 'part')) ||
      (before?.is === 'join' &&
        (lastTime?.is === 'clock' ||
          (lastTime?.is === 'day' && before.join === 'comma') ||
          (lastTime?.is === 'day' && before.join === 'or' && made.some(({ is }) => is === 'clock')))) ||
      after?.is === 'day' ||
      (before?.is === 'correction' && lastTime !== undefined) ||
      (after !== undefined && (after.is === 'part' || after.is === 'zone') && before?.is !== 'word') ||
      (range && (hasDay || end?.is === 'clock' || atoms.length === 3) && before?.is !== 'word') ||
      // "available 12 to 3 tomorrow"
      (range && atoms[at + 3]?.is === 'day')
    if (expected) return { atom: clock, next: at + 1, approx: false }
    return atoms.length === 1
      ? { atom: { ...clock, alone: true } as Atom, next: at + 1, approx: false }
      : null
  }
}

export function isTime(atom: Atom): boolean {
  return ['day', 'days', 'clock', 'clocks', 'part', 'span', 'elapsed', 'stretch'].includes(atom.is)
}

function isStretchJoint(atom: Atom, relation: Relation | undefined): boolean {
  return isRangeJoint(atom) || (relation === 'between' && atom.is === 'join' && atom.join === 'and')
}

function jointsOf(relation: Relation | undefined): (atom: Atom) => boolean {
  const dash = (atom: Atom): boolean => atom.is === 'join' && atom.join === 'dash'
  const to = (atom: Atom): boolean =>
    atom.is === 'relation' && ['to', 'before', 'until'].includes(atom.relation)
  if (relation === 'between') {
    return (atom) => dash(atom) || to(atom) || (atom.is === 'join' && atom.join === 'and')
  }
  if (relation === 'from') return (atom) => dash(atom) || to(atom)
  if (relation === undefined || relation === 'at' || relation === 'about')
    return (atom) => dash(atom) || to(atom)
  return (atom) => dash(atom) || (atom.is === 'relation' && atom.relation === 'to')
}

/** "from Nov 23 to 25": the number is a day of the same month. */
function dayLike(first: Atom, second: Atom): Atom {
  if (first.is !== 'day' || first.day.is !== 'date' || second.is !== 'clock') return second
  return { is: 'day', day: { ...first.day, day: second.clock.h } }
}

function related(relation: Relation | undefined, atom: Atom, approx: boolean): Atom[] {
  if (relation === 'from' && atom.is === 'span') return [{ is: 'span', span: { ...atom.span, part: 'from' } }]
  if (relation === 'after' || relation === 'from')
    return bounded({ from: afterOrFrom(relation, atom) }, approx)
  if (relation === 'before') return bounded({ to: atom, exclusive: true }, approx)
  if (relation === 'until' || (relation === 'by' && atom.is !== 'clock')) return bounded({ to: atom }, approx)
  // "по 3" is no time.
  if (relation === 'to' && atom.is === 'clock') return [{ is: 'doubt' }]
  return [approx || relation === 'by' ? ({ ...atom, approx: true } as Atom) : atom]
}

function afterOrFrom(relation: Relation, atom: Atom): Atom {
  if (relation === 'after' && atom.is === 'day') return { is: 'days', from: nextDay(atom.day) }
  return atom
}

function nextDay(day: Day): Day {
  return { is: 'after', day }
}

function bounded({ from, to, exclusive }: Bounds, approx: boolean): Atom[] {
  const first = from ?? to
  const flag = approx || undefined
  if (from?.is === 'days' || (first?.is === 'clocks' && !(from && to))) return [first!]
  // From one month or week to another one: how long, has to be asked.
  if (first?.is === 'span' && from && to) return [{ is: 'doubt' }, first, to]
  if (first?.is === 'span') {
    return [{ is: 'span', span: { ...first.span, part: from ? 'after' : 'before' } }]
  }
  if (first?.is === 'day') {
    return [
      {
        is: 'days',
        from: from?.is === 'day' ? from.day : undefined,
        to: to?.is === 'day' ? to.day : undefined,
        exclusive: exclusive && !from,
      },
    ]
  }
  const edge = (atom: Atom | undefined, side: 'from' | 'to'): Clock | undefined => {
    if (atom?.is === 'clock') return atom.clock
    if (atom?.is !== 'part') return undefined
    const minutes = side === 'to' && from && !exclusive ? atom.part.to : atom.part.from
    return { h: Math.floor(minutes / 60), m: minutes % 60, written24: true }
  }
  if (first?.is === 'clock' || first?.is === 'part') {
    return [{ is: 'clocks', from: edge(from, 'from'), to: edge(to, 'to'), approx: flag }]
  }
  return first ? [first] : []
}
