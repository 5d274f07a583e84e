import type { Busy, FreeTimes, SellerHours, TurnCalendar, Wishes } from '@lead/contract'
import { findSlots, type FreeSlot, offerSlots } from '@lead/scheduling'

/**
 * The few times that the assistant may offer now. What was offered before and is still free keeps its place and id, so that
 * "the second one" keeps its meaning; a wish for another time puts new ones in their place.
 */
export function findFreeTimes(calendar: TurnCalendar, busy: Busy | null, wishes: Wishes | null): FreeTimes {
  if (!busy || (wishes && !wishes.needCalendar)) {
    return { offers: [], wishFree: null, wishUnclear: wishes?.unclear ?? false }
  }
  const free = stayWithOwn(
    calendar.sellers.flatMap((seller) => freeOf(seller, calendar, busy[seller.id])),
    calendar,
  )
  const freeKeys = new Set(free.map((slot) => `${slot.sellerId} ${slot.start}`))
  const kept = calendar.offered.filter((offer) => freeKeys.has(`${offer.sellerId} ${offer.start}`))
  const wanted = wishes?.wishes ?? []
  // One start is offered once: the offer that the lead has seen keeps its seller and id.
  const keptKeys = new Set(kept.map((offer) => `${offer.sellerId} ${offer.start}`))
  const isKept = (slot: FreeSlot) => keptKeys.has(`${slot.sellerId} ${slot.start}`)
  const slots = [...free.filter(isKept), ...free.filter((slot) => !isKept(slot))]

  if (wanted.length === 0) {
    if (kept.length > 0) return { offers: kept, wishFree: null, wishUnclear: wishes?.unclear ?? false }
    const { offers } = offerSlots({ ...offerRules(calendar), slots: byDay(slots, calendar), wishes: [] })
    return { offers, wishFree: null, wishUnclear: wishes?.unclear ?? false }
  }
  const found = offerSlots({ ...offerRules(calendar), slots, wishes: wanted })
  return { offers: found.offers, wishFree: found.exact, wishUnclear: wishes?.unclear ?? false }
}

/**
 * A booked meeting is moved with its seller only. Otherwise the lead's own seller, unless there is no time of theirs within
 * two weeks: then all sellers.
 */
function stayWithOwn(free: FreeSlot[], { meeting, ownSeller, now }: TurnCalendar): FreeSlot[] {
  if (meeting) return free.filter(({ sellerId }) => sellerId === meeting.sellerId)
  const own = free.filter(({ sellerId }) => sellerId === ownSeller)
  return own.some(({ start }) => Date.parse(start) < Date.parse(now) + twoWeeksMs) ? own : free
}

/** Nobody is offered one in the morning of their own: by the lead's clock, unless the seller works at no other time. */
function byDay(slots: FreeSlot[], { timeZone }: TurnCalendar): FreeSlot[] {
  const hourOf = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' })
  const awake = slots.filter(({ start }) => {
    const hour = Number(hourOf.format(new Date(start)))
    return hour >= 8 && hour < 21
  })
  return awake.length > 0 ? awake : slots
}

const twoWeeksMs = 14 * 86_400_000

const offerRules = (calendar: TurnCalendar) => ({
  count: calendar.count,
  timeZone: calendar.timeZone,
  lang: calendar.lang,
  withZone: calendar.withZone,
  now: calendar.now,
})

/** A seller whose busy times are unknown has no free time: fail closed. */
function freeOf(seller: SellerHours, calendar: TurnCalendar, busy: Busy[string] | undefined): FreeSlot[] {
  if (!busy) return []
  const own = calendar.meeting?.sellerId === seller.id ? calendar.meeting : null
  const starts = findSlots({
    now: calendar.now,
    hostTz: seller.timeZone,
    durationMin: calendar.durationMin,
    stepMin: calendar.stepMin,
    minNoticeMin: calendar.minNoticeMin,
    bufferBefore: seller.bufferBefore,
    bufferAfter: seller.bufferAfter,
    workingHours: seller.workingHours,
    window: [calendar.window.from, calendar.window.to],
    busy: busy.filter((block) => !(own && isWithin(block, own))),
  })
  // A move to where the meeting is already is none.
  const others = starts.filter((start) => !own || Date.parse(start) !== Date.parse(own.start))
  return others.map((start) => ({
    sellerId: seller.id,
    start,
    end: new Date(Date.parse(start) + calendar.durationMin * 60_000).toISOString().replace('.000Z', 'Z'),
  }))
}

const isWithin = (block: { from: string; to: string }, outer: { from: string; to: string }) =>
  Date.parse(block.from) >= Date.parse(outer.from) && Date.parse(block.to) <= Date.parse(outer.to)
