import { z } from 'zod'
import { instant } from '../instant.ts'
import { isTimeZone, wallAt } from '../zone.ts'
import { formatSlot, type Lang } from './format-slot.ts'
import { offerId } from './offer-id.ts'
import { spread } from './spread.ts'

export const offerInputSchema = z.object({
  /** Free times of all sellers, UTC. */
  slots: z.array(z.object({ start: instant, end: instant, sellerId: z.string() })),
  /** What the lead asked for; a point, or an interval that the start should lie in. Empty: nothing. */
  wishes: z
    .array(z.object({ from: instant.optional(), to: instant.optional(), point: instant.optional() }))
    .default([]),
  count: z.int().min(1).max(20).default(3),
  /** Zone of the lead. */
  timeZone: z.string().refine(isTimeZone, 'unknown time zone, an IANA name is expected'),
  lang: z.enum(['ru', 'en']),
  /** Whether labels name the zone. */
  withZone: z.boolean().default(false),
  now: instant,
})
export type OfferInput = z.input<typeof offerInputSchema>

/** A free time; `start` and `end` are UTC instants. */
export type FreeSlot = { start: string; end: string; sellerId: string }
export type Offer = FreeSlot & { id: string; label: string }
export type Offers = {
  offers: Offer[]
  /** The first offer is what was asked for: at the wished point, or inside a wished interval. */
  exact: boolean
  /** The first offer is that, or on a wished day, or at a wished hour. */
  alike: boolean
}

type Candidate = FreeSlot & { at: number; till: number }
type Wish = { from: number; to: number }

/**
 * A few offers from many free times: what was wished first, near it next, and without a wish spread over days and
 * halves of days. Past slots are never offered and one start is offered once, whoever's it is. Throws ZodError.
 */
export function offerSlots(input: OfferInput): Offers {
  const { slots, wishes, count, timeZone, lang, withZone, now } = offerInputSchema.parse(input)
  const free = candidates(slots, Date.parse(now))
  const wanted = wishes.map(wishRange).filter((wish) => wish !== null)
  const hit = (slot: Candidate): boolean => wanted.some((wish) => fits(slot, wish))
  const inside = free.filter(hit)
  const chosen =
    wanted.length === 0 ? spread(free, count, timeZone) : near(free, inside, wanted, count, timeZone)
  return {
    offers: chosen.map((slot) => offer(slot, timeZone, lang, withZone)),
    exact: wanted.length > 0 && chosen[0] !== undefined && hit(chosen[0]),
    alike: chosen[0] !== undefined && wanted.some((wish) => likeness(chosen[0]!, wish, timeZone) < UNLIKE),
  }
}

const MIN_GAP = 3_600_000
const DAY = 86_400_000

const UNLIKE = 3

/** 0: on the wished day; 1 and 2: at the wished hours of a later and an earlier day; else only near. Days and hours are those of `timeZone`. */
function likeness({ at }: Candidate, { from, to }: Wish, timeZone: string): number {
  if (from === -Infinity || to === Infinity) return UNLIKE
  const day = (ms: number): number => Math.floor(wallAt(timeZone, ms) / DAY)
  if (day(from) <= day(at) && day(at) <= day(Math.max(from, to - 1))) return 0
  const minute = (ms: number): number => wallAt(timeZone, ms) % DAY
  const isAtHours =
    to - from < DAY && minute(from) <= minute(at) && minute(at) <= minute(from) + Math.max(to - from - 1, 0)
  if (!isAtHours) return UNLIKE
  return at > from ? 1 : 2
}

/** What is inside a wish first, then what is like it and nearest to it, an hour apart from each other while there is choice. */
function near(
  free: Candidate[],
  inside: Candidate[],
  wishes: Wish[],
  count: number,
  timeZone: string,
): Candidate[] {
  const points = wishes.some(({ from, to }) => from === to)
  const chosen = points ? inside.slice(0, count) : spread(inside, count, timeZone)
  const distance = ({ at }: Candidate): number =>
    Math.min(...wishes.map(({ from, to }) => (at < from ? from - at : Math.max(0, at - to))))
  const like = (slot: Candidate): number => Math.min(...wishes.map((wish) => likeness(slot, wish, timeZone)))
  const rest = free
    .filter((slot) => !chosen.includes(slot))
    .sort((a, b) => like(a) - like(b) || distance(a) - distance(b) || a.at - b.at)
  for (const slot of rest) {
    if (chosen.length >= count) break
    if (chosen.every((other) => Math.abs(other.at - slot.at) >= MIN_GAP)) chosen.push(slot)
  }
  return [...chosen, ...rest.filter((slot) => !chosen.includes(slot))].slice(0, count)
}

function candidates(slots: FreeSlot[], now: number): Candidate[] {
  const byStart = new Map<number, Candidate>()
  for (const slot of slots) {
    const at = Date.parse(slot.start)
    if (at > now && !byStart.has(at)) byStart.set(at, { ...slot, at, till: Date.parse(slot.end) })
  }
  return [...byStart.values()].sort((a, b) => a.at - b.at)
}

function wishRange({ from, to, point }: { from?: string; to?: string; point?: string }): Wish | null {
  if (point) return { from: Date.parse(point), to: Date.parse(point) }
  if (!from && !to) return null
  return { from: from ? Date.parse(from) : -Infinity, to: to ? Date.parse(to) : Infinity }
}

/** A point is met by its start; an interval by a meeting that lies in it. */
function fits({ at, till }: Candidate, { from, to }: Wish): boolean {
  return from === to ? at === from : from <= at && till <= to
}

function offer({ start, end, sellerId }: Candidate, timeZone: string, lang: Lang, withZone: boolean): Offer {
  const label = formatSlot(start, timeZone, lang, { withZone })
  return { id: offerId(start, sellerId), sellerId, start, end, label }
}
