import type { Atom, Clock, Day, Relation } from './model.ts'

/** A time with what belongs to it; `next` is the place after it. */
export type Operand = { atom: Atom; next: number; approx: boolean }
type Bounds = { from?: Atom; to?: Atom; exclusive?: boolean }

export function isTime(atom: Atom): boolean {
  return ['day', 'days', 'clock', 'clocks', 'part', 'span', 'elapsed', 'stretch'].includes(atom.is)
}

/** What may stand between the ends of a range that `relation` began. */
export function jointsOf(relation: Relation | undefined): (atom: Atom) => boolean {
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
export function dayLike(first: Atom, second: Atom): Atom {
  if (first.is !== 'day' || first.day.is !== 'date' || second.is !== 'clock') return second
  return { is: 'day', day: { ...first.day, day: second.clock.h } }
}

/** Times that something can be after or before. */
const EDGED = new Set(['day', 'clock', 'part', 'span'])

/** What a preposition makes of the time after it. */
export function related(relation: Relation | undefined, atom: Atom, approx: boolean): Atom[] {
  if (relation === 'from' && atom.is === 'span') return [{ is: 'span', span: { ...atom.span, part: 'from' } }]
  // "After 10 to 12", "before in an hour"
  if ((relation === 'after' || relation === 'before') && !EDGED.has(atom.is)) return [{ is: 'doubt' }, atom]
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

/** Days or hours between two ends, either of which may be open. */
export function bounded({ from, to, exclusive }: Bounds, approx: boolean): Atom[] {
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
