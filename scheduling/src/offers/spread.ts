import { wallAt } from '../zone.ts'

const HALF_DAY = 43_200_000

/**
 * So many of the slots (sorted by start), in order, on as many different days and then halves of days of `timeZone` as
 * there are; mornings and afternoons take turns.
 */
export function spread<Slot extends { at: number }>(slots: Slot[], count: number, timeZone: string): Slot[] {
  const chosen: Slot[] = []
  const halfOf = ({ at }: Slot): number => Math.floor(wallAt(timeZone, at) / HALF_DAY)
  const dayOf = (slot: Slot): number => Math.floor(halfOf(slot) / 2)
  const rest = [...slots]
  while (chosen.length < count && rest.length > 0) {
    const last = chosen.at(-1)
    const newDay = rest.filter((slot) => chosen.every((other) => dayOf(other) !== dayOf(slot)))
    const newHalf = rest.filter((slot) => chosen.every((other) => halfOf(other) !== halfOf(slot)))
    // Days: the next one, in the other half than the offer before. One day only: far from what is chosen.
    const next =
      newDay.find(
        (slot) => last && dayOf(slot) === dayOf(newDay[0]!) && halfOf(slot) % 2 !== halfOf(last) % 2,
      ) ??
      newDay[0] ??
      newHalf[0] ??
      farthest(rest, chosen)
    chosen.push(next)
    rest.splice(rest.indexOf(next), 1)
  }
  return chosen.sort((a, b) => a.at - b.at)
}

function farthest<Slot extends { at: number }>(rest: Slot[], chosen: Slot[]): Slot {
  const gap = (slot: Slot): number => Math.min(...chosen.map((other) => Math.abs(other.at - slot.at)))
  return rest.reduce((best, slot) => (gap(slot) > gap(best) ? slot : best))
}
