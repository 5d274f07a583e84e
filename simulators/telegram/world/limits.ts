import type { Account } from './account.ts'
import type { Person } from './state.ts'
import { type Limits, type World, chatOf, nowOf } from './world.ts'

const daySec = 86_400

/**
 * What users of Telegram's API report; Telegram names none of these numbers. Histories: LonamiWebs/Telethon#565, tdlib/td#743.
 * Dialog lists share their kind. Phones: the schema asks for one in three seconds. Usernames: 160 at once cost 16 hours. Strangers:
 * about 40 a day. Of other methods nothing is known, so nothing is limited.
 */
export const reportedLimits: Limits = {
  methods: {
    'messages.getHistory': { most: 30, windowSec: 30, waitSec: 30 },
    'messages.getDialogs': { most: 30, windowSec: 30, waitSec: 30 },
    'contacts.resolvePhone': { most: 10, windowSec: 30, waitSec: 30 },
    'contacts.resolveUsername': { most: 160, windowSec: daySec, waitSec: 57_600 },
  },
  strangersPerDay: 40,
}

/** Counts this call. @returns the seconds to wait when it is one too many, else null */
export function overLimit(world: World, account: Account, method: string): number | null {
  const limit = world.limits?.methods[method]
  if (!limit) return null
  const key = `${account.id}:${method}`
  const now = nowOf(world)
  const recent = (world.live.calls.get(key) ?? []).filter((at) => at > now - limit.windowSec * 1000)
  world.live.calls.set(key, recent)
  if (recent.length >= limit.most) return limit.waitSec
  recent.push(now)
  return null
}

/** Who is neither in the address book nor has ever written to the account. */
export const isStranger = (world: World, account: Account, person: Person): boolean =>
  !account.contacts.includes(person.id) &&
  !chatOf(world, account, person).messages.some(({ from }) => from === 'person')

/** Whether a message to this stranger is refused: the account is limited, or this one makes it so. */
export function floodsStrangers(world: World, account: Account, person: Person): boolean {
  const now = nowOf(world)
  if (account.limitedUntil && Date.parse(account.limitedUntil) > now) return true
  if (!world.limits) return false
  const recent = (account.strangers ?? []).filter(({ at }) => Date.parse(at) > now - daySec * 1000)
  account.strangers = recent
  if (recent.some(({ personId }) => personId === person.id)) return false
  if (recent.length >= world.limits.strangersPerDay) {
    account.limitedUntil = new Date(now + daySec * 1000).toISOString()
    world.changed()
    return true
  }
  recent.push({ personId: person.id, at: new Date(now).toISOString() })
  return false
}
