import type { Atom } from './model.ts'

/** Small words that may stand between a preposition and its time. */
const FILLER =
  /^(?:чем|the|than|say|like|maybe|perhaps|possibly|then|может|наверное|наверно|скажем|например|допустим|хотя|будет|об|this|o'clock|let's)$/u

export function isFiller(atom: Atom): boolean {
  return atom.is === 'word' && FILLER.test(atom.text)
}
