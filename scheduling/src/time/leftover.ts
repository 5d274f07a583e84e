import type { Atom, Grammar } from './model.ts'
import { FILLER, isTime } from './relate.ts'

/**
 * True when a number, unit, connector or another word of time stands beside a time that was read and has no part in it:
 * that reading is then one of several, and must be asked about. An amount of something ("3 людей") is understood.
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
        (atom.is === 'word' && FILLER.test(atom.text))
      if (!isThrough) return false
    }
    return false
  }

  return atoms.some((_, at) => isUnread(at) && (reaches(at, -1) || reaches(at, 1)))
}

/** Connectors that say nothing about a time when they stand alone. */
const WEAK = new Set(['at', 'about'])

function isDigits(atom: Atom): boolean {
  return atom.is === 'number' || (atom.is === 'word' && /\d/u.test(atom.text))
}
