import type { Operand } from './bounds.ts'
import { isFiller } from './filler.ts'
import type { Atom, Grammar } from './model.ts'

/** The text so far: its pieces, what was made of those before, and how one of them is read as an hour. */
type Place = {
  atoms: Atom[]
  made: Atom[]
  hasDay: boolean
  grammar: Grammar
  hour: (index: number) => (Atom & { is: 'clock' }) | null
}

/** Words that ask for what follows them. */
const REQUEST =
  /^(?:давай(?:те)?|можно|тогда|пусть|поставьте|запишите|попробуем|сделаем|в|do|does|make|say|try|set|take|for|then)$/u

/** Decides which numbers without a preposition are hours or days of a month. */
export function bareNumbers({ atoms, made, hasDay, grammar, hour }: Place): {
  dayBeforeTime: (at: number) => Operand | null
  bareHour: (at: number) => Operand | null
  doubtful: (at: number, first: Operand, second: Operand) => boolean
  isAmount: (atom: Atom | undefined) => boolean
} {
  return { dayBeforeTime, bareHour, doubtful, isAmount }

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
    if (
      preposition?.is !== 'relation' ||
      preposition.relation === 'to' ||
      (time?.is !== 'clock' && !hour(at + 2))
    )
      return null
    const named = made.findLast((atom) => atom.is === 'day')
    // "25 November at 3 or 26 at 11": the same month.
    if (named?.is === 'day' && named.day.is === 'date' && atoms[at - 1]?.is === 'join')
      return { atom: { is: 'day', day: { ...named.day, day: number.value } }, next: at + 1, approx: false }
    if (!begins || preposition.relation !== 'at') return null
    return { atom: { is: 'day', day: { is: 'date', day: number.value } }, next: at + 1, approx: false }
  }

  /** Two bare numbers and nothing else may be an amount; "10 to 5" may be ten minutes to five. */
  function doubtful(at: number, first: Operand, second: Operand): boolean {
    const joint = atoms[first.next]
    if (atoms[second.next - 1]?.is !== 'number') return false
    // "Со 2 по 4": days or hours?
    const isTo = joint?.is === 'relation' && joint.relation === 'to' && atoms[first.next - 1]?.is === 'number'
    if (grammar.lang === 'ru' && isTo && !hasDay) return true
    if (atoms[at]?.is !== 'number') return false
    const minutes = first.atom.is === 'clock' ? first.atom.clock.h : 0
    const last = second.atom.is === 'clock' ? second.atom.clock.h : 0
    return (
      (atoms.length === 3 && !hasDay) ||
      (joint?.is === 'relation' && [5, 10, 20].includes(minutes) && last < minutes)
    )
  }

  /** "10, 12 or 2 on Monday": a list of numbers, the last of them with a day. */
  function listEnd(at: number): boolean {
    for (let place = at; place < at + 8; place += 2) {
      if (hourLike(place) === null) return false
      const [joint, day] = [atoms[place + 1], atoms[place + 2]]
      if (joint?.is === 'day') return place > at + 2
      if (joint?.is === 'relation' && joint.relation === 'at') return day?.is === 'day' && place > at + 2
      if (joint?.is !== 'join' || (joint.join !== 'comma' && joint.join !== 'or')) return false
    }
    return false
  }

  function hourLike(at: number): number | null {
    const atom = atoms[at]
    return atom?.is === 'number' && atom.value >= 1 && atom.value <= 24 ? atom.value : null
  }

  function isPolite(atom: Atom): boolean {
    if (atom.is === 'word') return atom.text === '' || isFiller(atom) || grammar.afterHour.test(atom.text)
    return atom.is === 'stop' || (atom.is === 'join' && atom.join === 'comma')
  }

  function isAmount(atom: Atom | undefined): boolean {
    return atom?.is === 'word' && grammar.quantity.test(atom.text)
  }

  /** A number without a preposition: after a day or another hour, before a day, or the whole message. */
  function bareHour(at: number): Operand | null {
    const clock = hour(at)
    const before = atoms.slice(0, at).findLast((atom) => !isFiller(atom))
    const after = atoms[at + 1]
    // "Thursday 26": more than a day has hours.
    const number = atoms[at]
    const isDate = number?.is === 'number' && number.value > 24 && number.value <= 31
    if (isDate && before?.is === 'day' && before.day.is === 'weekday' && !isAmount(after))
      return { atom: { is: 'day', day: { is: 'date', day: number.value } }, next: at + 1, approx: false }
    // "29, 12:00", "let's say 29 at 12"
    const isTimed =
      after?.is === 'join' ? atoms[at + 2]?.is === 'clock' : after?.is === 'clock' || dayBeforeTime(at, true)
    if (isDate && isTimed && (before === undefined || before.is === 'word' || before.is === 'stop'))
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
    // "4 tomorrow? If not, then 5"
    const isOr = before?.is === 'join' && before.join === 'or'
    const lastTime = made.findLast(
      (atom) =>
        atom.is !== 'join' && atom.is !== 'relation' && !(atom.is === 'stop' && isOr) && !isFiller(atom),
    )
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
    if (listEnd(at) && before?.is !== 'word') return { atom: clock, next: at + 1, approx: false }
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
          (lastTime?.is === 'day' && isOr && made.some(({ is }) => is === 'clock')))) ||
      after?.is === 'day' ||
      (before?.is === 'correction' && lastTime !== undefined) ||
      (after !== undefined && (after.is === 'part' || after.is === 'zone') && before?.is !== 'word') ||
      (range && (hasDay || end?.is === 'clock' || atoms.length === 3) && before?.is !== 'word') ||
      // "available 12 to 3 tomorrow"
      (range && atoms[at + 3]?.is === 'day')
    if (expected) return { atom: clock, next: at + 1, approx: false }
    // "Let's do 12", and nothing else but politeness.
    const said = atoms[at - 1]
    const isAsked = said?.is === 'word' && REQUEST.test(said.text) && (!after || isPolite(after))
    const isAll = at === 0 && atoms.slice(1).every(isPolite)
    return isAsked || isAll
      ? { atom: { ...clock, alone: !(isAsked && hasDay) }, next: at + 1, approx: false }
      : null
  }
}
