import type { Atom, Relation } from './model.ts'

/** "Next week, at the beginning": the part of the week or month that was said last; null when there is none. */
export function partOfLast(before: Atom[], part: 'early' | 'mid' | 'late'): Atom | null {
  const last = before.findLast((atom) => atom.is !== 'join')
  if (last?.is !== 'span' || last.span.part || !['week', 'month'].includes(last.span.unit)) return null
  last.span = { ...last.span, part }
  return { is: 'word', text: '' }
}

/** "3pm or later": puts the relation before the time that was said last; null when there is none. */
export function postfix(before: Atom[], relation: Relation): Atom | null {
  const last = before.at(-1)
  if (last?.is !== 'clock' && last?.is !== 'number' && last?.is !== 'day') return null
  before.splice(-1, 0, { is: 'relation', relation })
  return { is: 'word', text: '' }
}
