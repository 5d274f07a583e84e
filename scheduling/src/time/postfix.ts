import type { Atom, Relation } from './model.ts'

/** "3pm or later": puts the relation before the time that was said last; null when there is none. */
export function postfix(before: Atom[], relation: Relation): Atom | null {
  const last = before.at(-1)
  if (last?.is !== 'clock' && last?.is !== 'number' && last?.is !== 'day') return null
  before.splice(-1, 0, { is: 'relation', relation })
  return { is: 'word', text: '' }
}
