/** The part of a dispatched turn that the calendar helpers need. Instants are ISO 8601 UTC, zones IANA names. */
export type TurnCalendar = {
  now: string
  /** Zone of the lead. */
  timeZone: string
  lang: 'ru' | 'en'
  /** Whether offered times are told with the name of the zone. */
  withZone?: boolean
  durationMin: number
  stepMin: number
  minNoticeMin: number
  /** Search window. */
  window: { from: string; to: string }
  /** How many times to offer. */
  count: number
  /** Who was booked longest ago first: of two sellers who are free at the same time that one is offered. */
  sellers: SellerHours[]
  /** The seller who keeps this lead while they have time, or null. */
  ownSeller: string | null
  /** Busy times per seller when the shared cache has them all, else null. */
  busy: Busy | null
  /** What was offered in the turn before and may be picked now. */
  offered: Offer[]
  /** What the lead's booked meeting blocks, buffers included, if there is one: it does not stand in the way of its own move. */
  meeting: { sellerId: string; start: string; from: string; to: string } | null
}

export type SellerHours = {
  id: string
  timeZone: string
  workingHours: { days: number[]; start: string; end: string }[]
  bufferBefore: number
  bufferAfter: number
}

export type Busy = Record<string, { from: string; to: string }[]>

export type Wish = { from?: string; to?: string; point?: string }

export type Offer = { id: string; sellerId: string; start: string; end: string; label: string }
