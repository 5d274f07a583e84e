import { isFiller } from './filler.ts'
import type { Atom, Grammar } from './model.ts'
import { AMOUNT } from './not-time.ts'
import { isTime } from './bounds.ts'

/**
 * True when something beside a time that was read has no part in it: a number, a unit, a connector or another word of
 * time, a condition, a habit or a denial, a number that is a clause of its own, or goods that are wanted by that time. That reading is then one of several, and
 * must be asked about. An amount of something ("3 людей") is understood.
 */
export function hasLeftover(atoms: Atom[], grammars: Grammar[]): boolean {
  const isOfTime = (atom: Atom | undefined): boolean =>
    atom?.is === 'word' && grammars.some(({ timeWord }) => timeWord.test(atom.text))
  const isAmount = (atom: Atom | undefined): boolean =>
    atom?.is === 'word' && !isOfTime(atom) && grammars.some(({ quantity }) => quantity.test(atom.text))

  const isUnread = (at: number): boolean => {
    const atom = atoms[at]!
    const next = atoms[at + 1]
    if (atom.is === 'relation') {
      const isOpen = atom.relation === 'after' || atom.relation === 'before'
      const isTwice =
        (isOpen || atom.relation === 'between') &&
        next !== undefined &&
        (next.is === 'relation' || isTime(next))
      const isAlone = next === undefined || next.is === 'stop' || isDigits(next)
      return !WEAK.has(atom.relation) && (isAlone || isTwice)
    }
    if (isOfTime(atom)) return true
    if (!isDigits(atom)) return false
    // "Tomorrow at 10 ...": an hour, whatever it could count.
    const [preposition, day] = [atoms[at - 1], atoms[at - 2]]
    const isHour = preposition?.is === 'relation' && preposition.relation === 'at' && day !== undefined
    if (isHour && isTime(day) && atom.is === 'number' && atom.value <= 24) return true
    if (isAmount(next)) return false
    // "One question", and after a comma something new: "tomorrow at 3, 45 Main Street".
    const before = atoms[at - 1]
    const counts = next?.is === 'word' && next.text !== '' && !isDigits(next) && !isOfTime(next)
    const small = atom.is === 'number' && !/\d/u.test(atom.text) && atom.value < 5
    const fresh = before?.is === 'join' && before.join === 'comma'
    // "Corolla 2019, tomorrow at 8": the number of a name, and a clause of its own.
    const isName = before?.is === 'word' && /^\p{L}{2,}$/u.test(before.text) && !isOfTime(before)
    if (isName && atom.is === 'word' && next !== undefined && isEdge(next)) return false
    return !(counts && (small || fresh))
  }

  const reaches = (start: number, step: 1 | -1): boolean => {
    for (let at = start + step; at >= 0 && at < atoms.length; at += step) {
      const atom = atoms[at]!
      if (isTime(atom)) return true
      const isThrough =
        atom.is === 'relation' ||
        atom.is === 'zone' ||
        atom.is === 'join' ||
        atom.is === 'doubt' ||
        isDigits(atom) ||
        isOfTime(atom) ||
        isFiller(atom)
      if (!isThrough) return false
    }
    return false
  }

  /** "Tomorrow at 11. 12?", "tomorrow b.w. 2 and 4": a number that counts nothing and is no name of anything. */
  const isStray = (at: number): boolean => {
    const [atom, next] = [atoms[at]!, atoms[at + 1]]
    if (atom.is !== 'number' || atom.value < 1 || atom.value > 31) return false
    // What it counts has a name; "14 uhr" may be anything.
    if (next?.is === 'word' && (isAmount(next) || !/^\p{L}{1,3}$/u.test(next.text))) return false
    const before = atoms.slice(0, at).findLast((one) => !isSmall(one))
    return before?.is === 'word' ? /^\p{L}{1,2}$/u.test(before.text) : before !== undefined
  }

  /** "15 licences by December 1", "open till 8": a last moment of something that is no meeting. */
  const isDelivery = (clause: Atom[]): boolean =>
    clause.some(isDeadline) &&
    clause.some(
      (atom, at) =>
        (atom.is === 'word' && (atom.text === AMOUNT || !isOfMeeting(atom))) ||
        (isDigits(atom) && isCounted(clause[at + 1])),
    )
  const isOfMeeting = (atom: Atom): boolean =>
    isFiller(atom) ||
    (atom.is === 'word' &&
      (!/\p{L}/u.test(atom.text) ||
        grammars.some(({ afterHour, meeting }) => afterHour.test(atom.text) || meeting.test(atom.text))))
  const isCounted = (atom: Atom | undefined): boolean =>
    isAmount(atom) || (atom?.is === 'word' && /^\p{L}{3,}$/u.test(atom.text) && !isOfTime(atom))

  /** "Tomorrow after the meeting", "after stand-up tomorrow": after what hour? */
  const isAfterEvent = (at: number): boolean => {
    const [atom, next] = [atoms[at]!, atoms[at + 1]]
    const isOpen = atom.is === 'relation' && (atom.relation === 'after' || atom.relation === 'before')
    return isOpen && next?.is === 'word' && /\p{L}/u.test(next.text)
  }
  const timed = atoms.findIndex(({ is }) => is === 'clock' || is === 'clocks')

  const says = (clause: Atom[], words: (grammar: Grammar) => RegExp): boolean =>
    clause.some((atom) => atom.is === 'word' && grammars.some((grammar) => words(grammar).test(atom.text)))

  return (
    sentencesOf(atoms).some((one) => one.some(isTime) && says(one, ({ caution }) => caution)) ||
    clausesOf(atoms).some((one) => one.some(isTime) && says(one, ({ denial }) => denial)) ||
    atoms.some((_, at) => isUnread(at) && (reaches(at, -1) || reaches(at, 1))) ||
    (atoms.some(isTime) &&
      atoms.some((_, at) => isStray(at) || ((timed < 0 || at < timed) && isAfterEvent(at)))) ||
    clausesOf(atoms).some(isDelivery)
  )
}

/** Connectors that say nothing about a time when they stand alone. */
const WEAK = new Set(['at', 'about'])

function isDigits(atom: Atom): boolean {
  return atom.is === 'number' || (atom.is === 'word' && /\d/u.test(atom.text))
}

function isEdge(atom: Atom | undefined): boolean {
  return atom === undefined || atom.is === 'stop' || (atom.is === 'join' && atom.join === 'comma')
}

function isSmall(atom: Atom): boolean {
  return atom.is === 'relation' || isFiller(atom) || (atom.is === 'word' && atom.text === '')
}

function isDeadline(atom: Atom): boolean {
  if (atom.is === 'span') return atom.span.part === 'before' || atom.span.part === 'rest'
  return (atom.is === 'days' || atom.is === 'clocks') && atom.to !== undefined && atom.from === undefined
}

function sentencesOf(atoms: Atom[]): Atom[][] {
  return split(atoms, ({ is }) => is === 'stop')
}

function clausesOf(atoms: Atom[]): Atom[][] {
  return split(atoms, isEdge)
}

function split(atoms: Atom[], isBorder: (atom: Atom) => boolean): Atom[][] {
  const clauses: Atom[][] = [[]]
  for (const atom of atoms) {
    if (isBorder(atom)) clauses.push([])
    else clauses.at(-1)?.push(atom)
  }
  return clauses
}
