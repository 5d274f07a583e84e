import type { Busy, FreeTimes, SellerHours, TurnCalendar, Wish, Wishes } from '@lead/contract'
import { findSlots, type FreeSlot, offerSlots, type SlotInput, whyNotFree } from '@lead/scheduling'

/**
 * The few times that the assistant may offer now. What was offered before and is still free keeps its place and id, so that
 * "the second one" keeps its meaning; a wish for another time puts new ones in their place.
 */
export function findFreeTimes(calendar: TurnCalendar, busy: Busy | null, wishes: Wishes | null): FreeTimes {
  const wishUnclear = wishes?.unclear ?? false
  if (!busy || (wishes && !wishes.needCalendar))
    return { offers: [], wishFree: null, notFree: [], wishUnclear }
  const all = calendar.sellers.flatMap((seller) => freeOf(seller, calendar, busy[seller.id]))
  const own = stayWithOwn(all, calendar)
  const freeKeys = new Set(own.map(keyOf))
  const kept = calendar.offered.filter((offer) => freeKeys.has(keyOf(offer)))
  const wanted = wishes?.wishes ?? []
  // One start is offered once: the offer that the lead has seen keeps its seller and id.
  const keptKeys = new Set(kept.map(keyOf))
  const search = (free: FreeSlot[]) =>
    offerSlots({
      ...offerRules(calendar),
      slots: [
        ...free.filter((slot) => keptKeys.has(keyOf(slot))),
        ...free.filter((slot) => !keptKeys.has(keyOf(slot))),
      ],
      wishes: wanted,
    })

  if (wanted.length === 0) {
    if (kept.length > 0) return { offers: kept, wishFree: null, notFree: [], wishUnclear }
    return { offers: search(byDay(own, calendar)).offers, wishFree: null, notFree: [], wishUnclear }
  }
  const found = search(own)
  // Where the own seller has nothing like what is wished, another one may.
  const other = found.alike || calendar.meeting ? found : search(all)
  const { offers, exact } = other.alike ? other : found
  return {
    offers,
    wishFree: exact,
    notFree: exact ? [] : wanted.flatMap((wish) => reasonOf(wish, calendar, busy) ?? []),
    wishUnclear,
  }
}

const keyOf = ({ sellerId, start }: { sellerId: string; start: string }) => `${sellerId} ${start}`

/** Why nobody who could take the meeting has that time; null when nobody's calendar is known. */
function reasonOf({ from, to, point }: Wish, calendar: TurnCalendar, busy: Busy) {
  const { meeting, window } = calendar
  const sellers = meeting ? calendar.sellers.filter(({ id }) => id === meeting.sellerId) : calendar.sellers
  const wish = {
    from: Date.parse(point ?? from ?? calendar.now),
    to: Date.parse(point ?? to ?? window.to),
  }
  return whyNotFree(
    wish,
    sellers.flatMap((seller) => {
      const blocks = busy[seller.id]
      return blocks ? [slotRules(seller, calendar, blocks)] : []
    }),
  )
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
  const own = ownMeeting(seller, calendar)
  // A move to where the meeting is already is none.
  const others = findSlots(slotRules(seller, calendar, busy)).filter(
    (start) => !own || Date.parse(start) !== Date.parse(own.start),
  )
  return others.map((start) => ({
    sellerId: seller.id,
    start,
    end: new Date(Date.parse(start) + calendar.durationMin * 60_000).toISOString().replace('.000Z', 'Z'),
  }))
}

const ownMeeting = (seller: SellerHours, { meeting }: TurnCalendar) =>
  meeting?.sellerId === seller.id ? meeting : null

function slotRules(seller: SellerHours, calendar: TurnCalendar, busy: Busy[string]): SlotInput {
  const own = ownMeeting(seller, calendar)
  return {
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
  }
}

const isWithin = (block: { from: string; to: string }, outer: { from: string; to: string }) =>
  Date.parse(block.from) >= Date.parse(outer.from) && Date.parse(block.to) <= Date.parse(outer.to)
