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
    if (atom.is === 'relation')
      return !WEAK.has(atom.relation) && (next === undefined || next.is === 'stop' || isDigits(next))
    if (isOfTime(atom)) return true
    if (!isDigits(atom)) return false
    if (isAmount(next)) return false
    // "One question", and after a comma something new: "tomorrow at 3, 45 Main Street".
    const before = atoms[at - 1]
    const counts = next?.is === 'word' && next.text !== '' && !isDigits(next) && !isOfTime(next)
    const small = atom.is === 'number' && !/\d/u.test(atom.text) && atom.value < 5
    const fresh = before?.is === 'join' && before.join === 'comma'
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

  /** "15 licences by December 1" */
  const isDelivery = (clause: Atom[]): boolean =>
    clause.some(isDeadline) &&
    clause.some(
      (atom, at) =>
        (atom.is === 'word' && (atom.text === AMOUNT || DELIVERED.test(atom.text))) ||
        (isDigits(atom) && isCounted(clause[at + 1])),
    )
  const isCounted = (atom: Atom | undefined): boolean =>
    isAmount(atom) || (atom?.is === 'word' && /^\p{L}{3,}$/u.test(atom.text) && !isOfTime(atom))

  const says = (clause: Atom[], words: (grammar: Grammar) => RegExp): boolean =>
    clause.some((atom) => atom.is === 'word' && grammars.some((grammar) => words(grammar).test(atom.text)))

  return (
    sentencesOf(atoms).some((one) => one.some(isTime) && says(one, ({ caution }) => caution)) ||
    clausesOf(atoms).some((one) => one.some(isTime) && says(one, ({ denial }) => denial)) ||
    atoms.some((_, at) => isUnread(at) && (reaches(at, -1) || reaches(at, 1))) ||
    (atoms.some(isTime) && atoms.some((_, at) => isStray(at))) ||
    clausesOf(atoms).some(isDelivery)
  )
}

/** Connectors that say nothing about a time when they stand alone. */
const WEAK = new Set(['at', 'about'])

/** What is done or holds by a time, and is no meeting. */
const DELIVERED =
  /^(?:needs?|ready|sen[dt]|пришл(?:ите|и)|отправ(?:ьте|ь|ите|лю|ить)|скин(?:ьте|ь|ете)|вышл(?:ите|и)|deliver(?:ed|y)?|ship(?:ped|ping)?|launch|receive|valid|expires?|finish(?:ed)?|получить|сделать|сделаете|готов[оаы]|успе(?:ть|ем|ете|ю)|достав(?:ить|ка|ите|ят)|запустить|действует|действительн\p{L}+|нужн[оаы])$/u

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
