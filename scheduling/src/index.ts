export { formatSlot, type Lang } from './offers/format-slot.ts'
export { offerId } from './offers/offer-id.ts'
export {
  offerInputSchema,
  offerSlots,
  type FreeSlot,
  type Offer,
  type OfferInput,
  type Offers,
} from './offers/offer-slots.ts'
export { zoneLabel } from './offers/zone-label.ts'
export { findSlots } from './slots/find-slots.ts'
export { notFreeReasons, whyNotFree, type NotFreeReason } from './slots/why-not-free.ts'
export { overlaps, type Range } from './slots/ranges.ts'
export { slotInputSchema, type SlotInput } from './slots/slot-input.ts'
export {
  readTime,
  readTimeInputSchema,
  type ReadTimeInput,
  type ReadTimeResult,
  type TimeWish,
} from './time/read-time.ts'
export { isTimeZone } from './zone.ts'
export { Temporal } from './temporal.ts'
export { fromTranslit } from './translit.ts'
export { anyOf, wordEnd, wordsOf, wordStart } from './words.ts'
