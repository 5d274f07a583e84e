import type { App } from '../app.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import { meetAccount } from '../leads/meet-account.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { readForgotten } from '../restore/read-forgotten.ts'
import { cannotReach, windowClosed } from './cannot-reach.ts'
import { withDisclosure } from './disclose.ts'
import { judgeFailure } from './judge-failure.ts'
import { MessengerError } from './messenger-error.ts'
import type { Peer } from './messenger.ts'
import { lookBeforeSending } from './reason-not-to-send.ts'
import { sendInParts } from './send-in-parts.ts'
import type { TelegramRow } from './telegram-row.ts'
import { waitForTelegram } from './wait-for-telegram.ts'

/**
 * Sends one message, or says why not (yet). However often this is repeated, the person sees it once.
 */
export async function deliverMessage(app: App, row: TelegramRow): Promise<Delivery> {
  const { not, where: conversation } = await lookBeforeSending(app, row)
  if (not) return not
  const lead = await requireLead(findLead(app.db, row.lead_id))
  try {
    const reached = await app.telegram.reach(lead, conversation)
    if ('unreachable' in reached && reached.unreachable === 'window-closed')
      return await windowClosed(app, row, lead, reached.detail)
    if ('unreachable' in reached)
      return await cannotReach(app, row, lead, reached.unreachable, reached.detail)
    if ('wait' in reached) return await waitForTelegram(app, row, lead, reached)
    const met = await meetAccount(app, lead, conversation, reached)
    if (met) return { outcome: 'cancelled', reason: met }
    const peer: Peer = { accountId: reached.accountId, peerId: reached.peerId }
    if (await readForgotten(app, conversation.id, peer))
      return {
        outcome: 'wait',
        reason: 'the chat is being read after a restore',
        until: new Date(app.now().getTime() + 2000),
      }
    return await sendInParts(app, row, peer, await withDisclosure(app, row, lead, conversation))
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error
    return judgeFailure(app, row, { lead, conversation }, error)
  }
}
