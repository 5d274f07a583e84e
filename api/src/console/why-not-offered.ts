import type { WhyNotOffered } from '@lead/contract/console'
import { findSlots, type SlotInput, whyNotFree } from '@lead/scheduling'
import type { Ports } from '../app.ts'
import { activeSellers, busyWindow, readBusy } from '../calendar/busy-times.ts'
import { workingHours } from '../settings/business.ts'
import type { Scope } from './visible-lead.ts'

/**
 * Whether a meeting could begin at that instant, by the same rules as the search for free times: why not, of each seller. `not_known`: what
 * else Google says is taken is asked only when a lead needs a time.
 */
export async function whyNotOffered(
  app: Ports<'db' | 'business' | 'cache' | 'now'>,
  scope: Scope,
  { at, sellerId }: { at: Date; sellerId?: string | undefined },
): Promise<WhyNotOffered> {
  const { meeting, sellers, timeZone } = app.business
  const shown = sellers.filter(
    ({ id }) => (scope === null || scope.sellerId === id) && (sellerId === undefined || sellerId === id),
  )
  const active = await activeSellers(app)
  const busy = await readBusy(app, active)
  const window = busyWindow(app)
  const start = at.getTime()
  return {
    durationMin: meeting.durationMin,
    sellers: shown.map((seller) => {
      const { id } = seller
      if (!active.some((row) => row.id === id)) return { id, reason: 'disconnected' }
      const rules: SlotInput = {
        now: app.now().toISOString(),
        hostTz: seller.timeZone ?? timeZone,
        durationMin: meeting.durationMin,
        stepMin: meeting.stepMin,
        minNoticeMin: meeting.minNoticeMin,
        bufferBefore: meeting.bufferBeforeMin,
        bufferAfter: meeting.bufferAfterMin,
        workingHours: workingHours(seller),
        window: [window.from, window.to],
        busy: busy?.[id] ?? [],
      }
      if (findSlots(rules).some((slot) => Date.parse(slot) === start))
        return { id, reason: busy ? null : 'not_known' }
      return { id, reason: whyNotFree({ from: start, to: start }, [rules]) }
    }),
  }
}
