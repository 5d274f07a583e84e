import type { Atom, Day } from './model.ts'

/** "Mon 23.11 - Wed 25.11", "Tue 24 - Thu 26 Nov": at an end of a range a weekday and its date are one day. */
export function pairEnds(atoms: Atom[]): Atom[] {
  const made: Atom[] = []
  const monthAfter = (at: number): Extract<Day, { is: 'date' }> | undefined => {
    const dated = atoms.slice(at, at + 4).find((atom) => atom.is === 'day' && atom.day.is === 'date')
    return dated?.is === 'day' && dated.day.is === 'date' ? dated.day : undefined
  }
  for (let at = 0; at < atoms.length; at++) {
    const atom = atoms[at]!
    const weekday = atom.is === 'day' && atom.day.is === 'weekday' ? atom.day.weekday : undefined
    const comma = atoms[at + 1]
    const next = comma?.is === 'join' && comma.join === 'comma' ? at + 2 : at + 1
    const date = atoms[next]
    const [opener, joint] = [made.at(-2), made.at(-1)]
    const isFrom = joint?.is === 'relation' && (joint.relation === 'from' || joint.relation === 'between')
    const starts = isFrom || isRangeJoint(atoms[next + 1])
    const ends = isRangeJoint(joint) && (opener?.is === 'day' || opener?.is === 'clock')
    if (weekday === undefined || (!starts && !ends)) made.push(atom)
    else if (date?.is === 'day' && date.day.is === 'date') {
      made.push({ is: 'day', day: { ...date.day, weekday } })
      at = next
    } else if (date?.is === 'number' && date.value >= 1 && date.value <= 31) {
      const month = starts ? monthAfter(next + 2) : undefined
      const other = starts ? atoms[next + 2] : made.at(-2)
      const isDated = other?.is === 'day' && (other.day.is === 'weekday' || other.day.is === 'date')
      if (date.value <= 24 && !(month ?? (ends && isDated && other.day.is === 'date'))) made.push(atom)
      else {
        const { month: named, year } = month ?? {}
        made.push({ is: 'day', day: { is: 'date', day: date.value, month: named, year, weekday } })
        at = next
      }
    } else made.push(atom)
  }
  return made
}

/** What stands between the ends of a range. */
export function isRangeJoint(atom: Atom | undefined): boolean {
  if (atom?.is === 'join') return atom.join === 'dash'
  return atom?.is === 'relation' && ['to', 'before', 'until'].includes(atom.relation)
}
