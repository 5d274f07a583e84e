import { texts } from '../../../../texts/index.ts'
import { languageOfTag } from '../../leads/guess-language.ts'
import { knowLanguage } from '../../leads/know-lead.ts'
import type { App, Ports } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { inTransaction } from '../../database/pool.ts'
import { isRefusal } from '../../amocrm/amocrm-error.ts'
import { erasePerson } from '../../erasure/erase-person.ts'
import { findPerson } from '../../erasure/find-person.ts'
import { Problem } from '../../http/problems.ts'
import { findLeadOfAccount } from '../../leads/find-lead-of-account.ts'
import { findLead, type Language, lockLead, requireLead } from '../../leads/lead.ts'
import { optOutAccount, optOutOfAccount } from '../../leads/opt-out-account.ts'
import { errorText } from '../../text/storable.ts'
import { tellOfStranger } from '../../leads/tell-of-stranger.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import { queueMessage } from '../../outbox/queue-message.ts'
import { scheduleTurn } from '../../turns/engine/engine.ts'
import { MessengerError } from '../messenger-error.ts'
import { bindLead } from './bind-lead.ts'
import { botAccount } from './bot-account.ts'
import type { BotMessage } from './bot-update.ts'
import { takeStartToken } from './start-tokens.ts'

const commands = ['start', 'stop', 'delete', 'privacy'] as const
export type Command = { name: (typeof commands)[number] | 'unknown'; payload?: string | undefined }

/** `/start abc` as a command; null for all other words. */
export function readCommand(text: string | undefined): Command | null {
  const found = /^\/(start|stop|delete|privacy)(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/i.exec(text ?? '')
  const name = commands.find((one) => one === found?.[1]?.toLowerCase())
  return name ? { name, payload: found?.[2] } : null
}

/** What needs no model: /start, /stop, /delete, /privacy, and words of somebody whom no card names. @returns in words what came of it */
export async function answerCommand(app: App, message: BotMessage, command: Command): Promise<string> {
  if (command.name === 'start') return start(app, message, command.payload)
  const leadId = await leadOf(app, message)
  if (command.name === 'delete' && leadId !== null) return deleteEverything(app, message, leadId)
  if (command.name === 'stop' && leadId !== null) {
    await inTransaction(app.db, async (tx) => {
      const { language } = await requireLead(lockLead(tx, leadId))
      await optOutAccount(tx, { leadId, language: language ?? app.business.language, source: 'command' })
    })
    app.wake.up('amocrm')
    app.wake.up('telegram')
  }
  const text = { stop: 'stopped', delete: 'unknown', privacy: 'privacy', unknown: 'unknown' } as const
  await say(app, message, leadId, app.business.bot[text[command.name]])
  return leadId === null ? 'nobody known' : `/${command.name}`
}

/** Erases the person who asks, at once; what stands elsewhere is a human's task. They are told the truth of both. */
async function deleteEverything(app: App, message: BotMessage, leadId: number): Promise<string> {
  const peer = { accountId: botAccount, peerId: message.chat.id }
  const { language: known } = await requireLead(findLead(app.db, leadId))
  const language = known ?? languageOfTag(message.from?.language_code ?? 'en')
  const { person } = await findPerson(app, { leads: [leadId] })
  try {
    await leaveTask(app, person.leads, texts[language].task.erasedByLead)
    await erasePerson(app, person, { by: 'lead' })
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return 'ask again'
    throw error
  }
  const key = `bot:${peer.peerId}:${message.message_id}:erased`
  await app.telegram
    .sendText(peer, texts[language].lead.erased, key)
    .catch((error: unknown) =>
      app.log.warn({ reason: errorText(error) }, 'An erased person was not told of it'),
    )
  await app.db.query('delete from telegram_sends where key = $1', [key])
  return '/delete'
}

/** Said to people before it is done: afterwards nobody would know on which card. */
async function leaveTask(app: Ports<'amocrm' | 'now'>, leadIds: number[], text: string): Promise<void> {
  const task = { text, completeTill: new Date(app.now().getTime() + 3_600_000) }
  for (const leadId of leadIds) {
    try {
      const open = await app.amocrm.openTasks(leadId)
      if (!open.some((one) => one.text === text)) await app.amocrm.addTask(leadId, task)
    } catch (error) {
      // The card may be gone.
      if (!isRefusal(error)) throw error
    }
  }
}

async function start(app: App, message: BotMessage, payload: string | undefined): Promise<string> {
  const peerId = message.chat.id
  if (app.config.telegram.mode === 'secretary') {
    await say(app, message, null, app.business.bot.privacy)
    return 'the secretary talks in the chats of its account only'
  }
  const token = payload ? await takeStartToken(app.db, payload, peerId) : null
  const byToken = token?.outcome === 'used' || token?.outcome === 'used before' ? token.leadId : null
  const leadId = byToken ?? (await leadOf(app, message))
  if (leadId === null) {
    if (token?.outcome === 'expired') await tellOfOldLink(app, token.leadId)
    await tellOfStranger(app, app.db, { ...accountOf(message), text: message.text ?? '' })
    await say(app, message, null, app.business.bot.unknown)
    return token ? `a link that is ${token.outcome}` : 'nobody known'
  }
  if (byToken !== null) await bindLead(app, leadId, { accountId: botAccount, peerId })
  await inTransaction(app.db, async (tx) => {
    const lead = await requireLead(lockLead(tx, leadId))
    const said = await tx.query(`select from messages where lead_id = $1 and direction = 'out' limit 1`, [
      leadId,
    ])
    await audit(tx, { actor: 'lead', action: 'lead.started', leadId, details: { byLink: byToken !== null } })
    if (lead.opted_out_at || (await optOutOfAccount(tx, peerId)) !== null)
      return tellOfReturn(app, tx, leadId, message.message_id, lead.language)
    const tag = message.from?.language_code
    if (tag) await knowLanguage(tx, leadId, { language: languageOfTag(tag), source: 'telegram' })
    // Pressing Start again in the middle of a conversation is not a question.
    if (said.rowCount === 0) await scheduleTurn(tx, { leadId, kind: 'first_touch', quietMs: 0, longestMs: 0 })
  })
  app.wake.up('turns')
  app.wake.up('amocrm')
  return 'the lead pressed Start'
}

const accountOf = ({ chat }: BotMessage) => ({
  accountId: botAccount,
  peerId: chat.id,
  peerUsername: chat.username ?? null,
  peerPhone: null,
})

const leadOf = async (app: Ports<'db'>, message: BotMessage): Promise<number | null> =>
  (await findLeadOfAccount(app.db, accountOf(message)))?.leadId ?? null

/** To a lead through the outbox; to a stranger at most once a day, and if that fails, it fails. */
async function say(
  app: App,
  message: BotMessage,
  leadId: number | null,
  answer: Record<Language, string>,
): Promise<void> {
  const fromPhone: Language = languageOfTag(message.from?.language_code ?? 'en')
  const key = `bot:${message.chat.id}:${message.message_id}:reply`
  if (leadId !== null && app.config.telegram.mode === 'bot') {
    const { language } = await requireLead(findLead(app.db, leadId))
    await inTransaction(app.db, (tx) =>
      queueMessage(tx, { leadId, turnId: null, author: 'system', text: answer[language ?? fromPhone], key }),
    )
    return app.wake.up('telegram')
  }
  if (app.mode === 'shadow') return
  const once =
    answer === app.business.bot.unknown
      ? `bot:${message.chat.id}:unknown:${app.now().toISOString().slice(0, 10)}`
      : key
  await app.telegram
    .sendText({ accountId: botAccount, peerId: message.chat.id }, answer[fromPhone], once)
    .catch((error: unknown) => {
      if (!(error instanceof MessengerError) || error.code === 'not-ready' || error.code === 'flood-wait')
        throw error
      app.log.warn({ reason: error.message }, 'A stranger was not answered')
    })
}

const tellOfReturn = async (
  app: Ports<'business'>,
  tx: Parameters<typeof enqueue>[0],
  leadId: number,
  messageId: number,
  language: Language | null,
): Promise<void> => {
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:return:${messageId}`,
    payload: {
      kind: 'task',
      text: texts[language ?? app.business.language].task.pressedStartAgain,
      dueInMin: 60,
    },
  })
}

async function tellOfOldLink(app: App, leadId: number): Promise<void> {
  const { language } = await requireLead(findLead(app.db, leadId))
  await enqueue(app.db, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:old-link:${app.now().toISOString().slice(0, 10)}`,
    payload: { kind: 'task', text: texts[language ?? app.business.language].task.oldLink, dueInMin: 60 },
  })
  app.wake.up('amocrm')
}
