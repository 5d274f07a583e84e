import type { AccountSeed } from './account.ts'
import { emptyState } from './state.ts'
import type { World } from './world.ts'

/**
 * Back to an empty world. What clients rely on stays: the server's key, the accounts with their pts and message ids, who is
 * logged in, the first bot with its webhook, and whose secretary it is.
 */
export function resetWorld(world: World, seed?: AccountSeed): void {
  const { state, live } = world
  const fresh = emptyState(seed, state.privateKey)
  const first = fresh.accounts[0]!
  state.accounts = state.accounts
    .filter((account) => account.id === first.id)
    .map((account) => ({ ...first, pts: account.pts, nextMessageId: account.nextMessageId }))
  state.nextAccountId = fresh.nextAccountId
  state.bots.splice(1)
  for (const bot of state.bots) Object.assign(bot, { pending: [], blockedBy: [] })
  state.businessConnections = state.businessConnections.filter(
    ({ accountId, botId }) => accountId === first.id && botId === state.bots[0]?.id,
  )
  state.people = []
  state.chats = {}
  for (const key of Object.values(state.authKeys)) if (key.accountId !== first.id) delete key.accountId
  live.aheadMs = 0
  live.calls.clear()
  live.typingUntil.clear()
  live.online.clear()
  live.files.clear()
  live.uploads.clear()
  world.changed()
}
