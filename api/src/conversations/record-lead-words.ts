import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { languageOfTag } from '../leads/guess-language.ts'
import { learnLanguage } from '../leads/know-lead.ts'
import type { Lead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { cancelOutdatedWords } from '../leads/stop-writing.ts'
import { fileKinds, type InboundAnswer, type TelegramMessage } from '../telegram/telegram-message.ts'
import { answerWithinCap } from '../turns/answer-soon.ts'
import { describeContent } from './describe-content.ts'
import { hearLead } from './hear-lead.ts'
import { keepMessage } from './keep-message.ts'
import { noticeLoop } from './notice-loop.ts'
import { queueFile } from './queue-file.ts'
import { isTakenCall, signals, tellOfSignal } from './signals.ts'

/** New words of the lead: they are answered after a moment of silence, or they end the conversation. */
export async function recordLeadWords(
  app: App,
  tx: PoolClient,
  lead: Lead,
  conversationId: number,
  message: TelegramMessage,
): Promise<InboundAnswer> {
  const language = lead.language ?? app.business.language
  const content = describeContent(message, language)
  const { forwarded } = texts[language].content
  const text = [message.forwarded && `[${forwarded}]`, message.text, content].filter(Boolean).join('\n')
  const place = { leadId: lead.id, conversationId, author: 'lead' } as const
  const messageId = await keepMessage(tx, place, { ...message, text })
  if (messageId === null) return 'known before'
  await follow(tx, lead.id, conversationId, message)
  if (message.peerLanguage)
    await learnLanguage(tx, lead, { language: languageOfTag(message.peerLanguage), source: 'telegram' })
  // What somebody else said is no wish of the lead's.
  if (!message.forwarded && (await hearLead(app, tx, lead.id, message.text))) return 'kept'
  if (await noticeLoop(app, tx, lead, { messageId, text })) return 'kept'
  if (isTakenCall(message)) {
    const reason = 'talked to the lead on the phone'
    await setControl(tx, lead.id, { control: 'human', source: 'phone', by: 'human', reason })
    return 'kept'
  }
  await cancelOutdatedWords(tx, lead.id)
  await tellOfSignal(tx, { leadId: lead.id, messageId, language }, message, content)
  if (fileKinds.has(message.kind)) await queueFile(app, tx, { leadId: lead.id, messageId, message, content })
  // What was said is known only after it was listened to: fetch-files.ts goes on from here. What was written beside it is answered.
  if (signals[message.kind].answered === 'now' || message.text) await answerWithinCap(app, tx, lead.id)
  return 'kept'
}

/** The lead is awake, and knows by now who writes; the conversation goes on where they wrote last, perhaps to another account of ours. */
const follow = (
  tx: PoolClient,
  leadId: number,
  conversationId: number,
  { accountId, peerId, messageId }: TelegramMessage,
) =>
  tx.query(
    `with lead as (
       update leads set updated_at = now(), snoozed_until = null,
         consented_at = coalesce(consented_at, case when disclosed_at is not null then now() end)
       where id = $1
     ), conversation as (
       update conversations set account_id = $3, peer_id = $4, updated_at = now() where id = $2
     )
     insert into audit_log (actor, action, lead_id, details)
     values ('lead', 'message.received', $1, jsonb_build_object('messageId', $5::bigint))`,
    [leadId, conversationId, accountId, peerId, messageId],
  )
