import { bareNumbers } from './bare-numbers.ts'
import { bounded, dayLike, isTime, jointsOf, related, type Operand } from './bounds.ts'
import { isFiller } from './filler.ts'
import type { Atom, Clock, Day, Edge, Grammar, Part, Relation } from './model.ts'
import { isRangeJoint, pairEnds } from './pair-ends.ts'

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

  const { dayBeforeTime, bareHour, doubtful, isAmount } = bareNumbers({ atoms, made, hasDay, grammar, hour })

  const operand = (start: number): Operand | null => {
    let approx = false
    let index = start
    for (; index < atoms.length; index++) {
      const atom = atoms[index]!
      if (atom.is === 'relation' && (atom.relation === 'at' || atom.relation === 'about'))
        approx ||= atom.relation === 'about'
      else if (!isFiller(atom)) break
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
      const isOneEnded = relation === 'after' || relation === 'before'
      if (isOneEnded || doubtful(index, first, second)) made.push({ is: 'doubt' })
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
}

function isStretchJoint(atom: Atom, relation: Relation | undefined): boolean {
  return isRangeJoint(atom) || (relation === 'between' && atom.is === 'join' && atom.join === 'and')
}
