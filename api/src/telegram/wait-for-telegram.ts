import { formatSlot } from '@lead/scheduling'
import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Reach, Wait } from './messenger.ts'
import type { TelegramRow } from './telegram-row.ts'

/** A lead that waits longer than this is told of on the card. */
const longWaitMs = 15 * 60_000

/** The lead waits; when that takes long, its card says why and until when. Once per message, however often it is asked again. */
export async function waitForTelegram(
  app: App,
  row: TelegramRow,
  lead: Lead,
  { wait, until, detail }: Extract<Reach, { wait: unknown }>,
): Promise<Delivery> {
  const language = lead.language ?? app.business.language
  const { waits, whyItWaits } = texts[language].card
  const reasons: Partial<Record<Wait, string>> = whyItWaits
  const why = reasons[wait]
  if (why && until.getTime() - app.now().getTime() > longWaitMs) {
    const zone = lead.time_zone ?? app.business.timeZone
    const when = formatSlot(until.toISOString(), zone, language, { withZone: true })
    await enqueue(app.db, {
      leadId: lead.id,
      turnId: null,
      channel: 'amocrm',
      key: `outbox:${row.id}:waits`,
      payload: { kind: 'note', text: waits({ why, when }) },
    })
    app.wake.up('amocrm')
  }
  return { outcome: 'wait', reason: detail, until }
}
