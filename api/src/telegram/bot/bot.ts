import type { AccountState } from '../account-state.ts'
import type { AccountStatus, Messenger, Opening, Place } from '../messenger.ts'
import { limitOn } from '../pace/limits.ts'
import { botAccount, ownerOf } from './bot-account.ts'
import { botChats } from './bot-chats.ts'
import type { BotPorts } from './bot-client.ts'
import { checkBot } from './check-bot.ts'
import { createBotLife } from './bot-life.ts'
import { inviteLink } from './invite-link.ts'
import { secretaryOpening } from './secretary-opening.ts'

const stoppedByHand = 'stopped'

/** A bot: in its own chats (mode bot), or in the chats of an account whose owner made it their secretary (mode secretary). */
export function createBot(ports: BotPorts, { probeMs = 300_000 }: { probeMs?: number } = {}): Messenger {
  const { db } = ports
  const life = createBotLife(ports, probeMs)
  const { client, secretaries, needOnline } = life

  async function opening(place: Place): Promise<Opening> {
    const isBot = client.mode === 'bot'
    const here = isBot ? place.account_id === botAccount : ownerOf(place.account_id) !== null
    if (!here || place.peer_id === null) {
      const detail = isBot ? 'the lead has not pressed Start yet' : 'the lead has not written yet'
      return { open: false, why: 'not-started', detail }
    }
    return isBot ? { open: true } : secretaryOpening(db, place, ports.now())
  }

  async function status(): Promise<AccountStatus> {
    const { rows } = await db.query<{
      state: AccountState
      state_detail: string | null
      user_id: number | null
    }>('select state, state_detail, user_id from telegram_accounts where id = $1', [botAccount])
    const row = rows[0]
    return {
      account: botAccount,
      state: row?.state ?? life.state(),
      detail: row?.state_detail ?? null,
      phone: null,
      userId: row?.user_id ?? null,
      until: null,
      qr: null,
    }
  }

  return {
    ready: () => (life.state() === 'online' ? [botAccount, ...secretaries.served()] : []),
    accounts: async () => [await status(), ...(await secretaries.statuses())],
    status,
    check: async (id) => {
      const checks = await checkBot(ports, client, await status())
      return id === undefined ? checks : checks.filter(({ account }) => account === id)
    },
    reach: async (_lead, conversation) => {
      needOnline()
      const { account_id: accountId, peer_id: peerId } = conversation
      const now = await opening(conversation)
      if (!now.open || accountId === null || peerId === null)
        return { unreachable: 'window-closed', detail: now.open ? 'the chat is not known' : now.detail }
      const limit = await limitOn(db, { accountId, kind: 'send', peerId }, ports.now())
      if (limit) return { wait: 'flood', until: limit.until, detail: 'Telegram asked the bot to slow down' }
      return { accountId, peerId }
    },
    opening,
    invite: (tx, lead) => inviteLink(tx, lead, { mode: client.mode, username: needOnline().username }),
    ownerOfConnection: secretaries.ownerOf,
    ...botChats(ports, life),
    fetchHistory: async () => ({ messages: [], last: null, isEnd: true }),
    fetchDialogs: null,
    login: null,
    whenLost: life.whenLost,
    start: async (id) => {
      // Whoever stopped it by hand starts it by hand.
      const now = await status()
      if (!id && now.state === 'disabled' && now.detail === stoppedByHand) return
      await life.start()
    },
    stop: async () => {
      await life.end()
      await life.enter('disabled', stoppedByHand)
    },
    close: life.end,
  }
}
