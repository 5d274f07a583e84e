import { findSlots, type SlotInput } from '@lead/scheduling'

const sellers = 50
const days = 60
const meetingsADay = 5
const rounds = 30
const dayMs = 86_400_000

/** How long free times of all sellers take, each with some meetings on every day of the whole time. @returns ms of each round */
export function measureSlots(): number[] {
  const now = Date.parse('2031-02-03T07:00:00Z')
  const at = (ms: number) => new Date(now + ms).toISOString()
  const inputs = Array.from({ length: sellers }, (_seller, seller): SlotInput => ({
    now: at(0),
    hostTz: ['Europe/Moscow', 'Europe/London', 'Asia/Almaty'][seller % 3] ?? 'Europe/Moscow',
    durationMin: 30,
    stepMin: 30,
    bufferAfter: 10,
    minNoticeMin: 60,
    workingHours: [{ days: [1, 2, 3, 4, 5], start: '10:00', end: '19:00' }],
    window: [at(0), at(days * dayMs)],
    busy: Array.from({ length: days * meetingsADay }, (_meeting, meeting) => {
      const from = Math.floor(meeting / meetingsADay) * dayMs + ((meeting * 97 + seller * 31) % 480) * 60_000
      return { from: at(from), to: at(from + 30 * 60_000) }
    }),
  }))
  return Array.from({ length: rounds }, () => {
    const began = performance.now()
    for (const input of inputs) findSlots(input)
    return performance.now() - began
  })
}
