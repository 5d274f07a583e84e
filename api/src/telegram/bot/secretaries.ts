import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountState } from '../account-state.ts'
import type { AccountStatus } from '../messenger.ts'
import { MessengerError } from '../messenger-error.ts'
import type { BotClient, BotPorts } from './bot-client.ts'
import { businessConnectionSchema } from './bot-update.ts'
import { secretaryAccount } from './bot-account.ts'
import { findConnection, saveConnection } from './business-connections.ts'

const followMs = 5000

/** The accounts that this bot is the secretary of. */
export type Secretaries = {
  /** Their ids, as this process knows them. */
  served: () => string[]
  statuses: () => Promise<AccountStatus[]>
  /** Asks Telegram of each connection: what changed while we were away may have been told to nobody. */
  refresh: () => Promise<void>
  /** Looks for new accounts now, and then every few seconds until the signal: which process hears of one is chance. */
  follow: (signal: AbortSignal) => Promise<void>
  /** The owner of the account that a connection speaks for; null when Telegram does not know it. */
  ownerOf: (connectionId: string) => Promise<number | null>
}

export function createSecretaries({ api, ask, mode }: BotClient, { db }: BotPorts): Secretaries {
  let served: string[] = []

  async function statuses(): Promise<AccountStatus[]> {
    const { rows } = await db.query<{ id: string; state: AccountState; user_id: number | null }>(
      `select id, state, user_id from telegram_accounts where id like 'secretary:%' order by id`,
    )
    return rows.map(({ id: account, state, user_id: userId }) => ({
      account,
      state,
      detail: null,
      phone: null,
      userId,
      until: null,
      qr: null,
    }))
  }

  const look = async () => {
    served = (await statuses()).map(({ account }) => account)
  }

  async function learn(id: string): Promise<number | null> {
    try {
      const connection = businessConnectionSchema.parse(await ask(() => api.getBusinessConnection(id)))
      await saveConnection(db, connection)
      return connection.user.id
    } catch (error) {
      if (error instanceof MessengerError && error.code === 'write-forbidden') return null
      throw error
    }
  }

  async function repeat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(followMs, undefined, { signal, ref: false }).catch(() => {})
      if (!signal.aborted) await look().catch(() => {})
    }
  }

  return {
    served: () => served,
    statuses,
    refresh: async () => {
      if (mode !== 'secretary') return
      const { rows } = await db.query<{ id: string }>(
        'select id from telegram_business_connections where enabled',
      )
      for (const { id } of rows) {
        if ((await learn(id)) !== null) continue
        await db.query('update telegram_business_connections set enabled = false where id = $1', [id])
      }
    },
    follow: async (signal) => {
      await look()
      if (mode === 'secretary') void repeat(signal)
    },
    ownerOf: async (id) => {
      const owner = (await findConnection(db, id))?.user_id ?? (await learn(id))
      if (owner !== null && !served.includes(secretaryAccount(owner))) await look()
      return owner
    },
  }
}
