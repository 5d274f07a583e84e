import type { tl } from '@mtcute/node'
import { isBot } from '../bot/bot.ts'
import type { Account, UpdateRecord } from './account.ts'
import { usersIn } from './tl-user.ts'
import { toTlUpdate } from './tl-update.ts'
import { type Outlet, type World, authKeyOf, findPerson } from './world.ts'

type WithoutPts<Record> = Record extends UpdateRecord ? Omit<Record, 'pts' | 'count'> : never

/**
 * Gives an update its pts, remembers it for getDifference and pushes it to all sessions of the account but `origin` (the
 * session whose call caused it has the news in its answer). Returns the record.
 */
export function publish(
  world: World,
  account: Account,
  update: WithoutPts<UpdateRecord>,
  origin?: Outlet,
): UpdateRecord {
  const count = update.kind === 'delete' ? update.messageIds.length : 1
  account.pts += count
  const record = { ...update, pts: account.pts, count } as UpdateRecord
  world.changed()
  // A bot is told over HTTP.
  if (isBot(account)) return record
  account.updates.push(record)
  account.updates.splice(0, account.updates.length - world.keepUpdates)

  const tlUpdate = toTlUpdate(world, account, record)
  const isKnown = record.personId === account.id || findPerson(world, record.personId)
  if (tlUpdate && isKnown) pushWithFaults(world, account, tlUpdate, record.personId, origin)
  return record
}

/** Pushes an update that has no pts (typing): whoever is not connected never learns of it. */
export function pushShort(world: World, account: Account, update: tl.TypeUpdate): void {
  const updates: tl.TypeUpdates = { _: 'updateShort', update, date: Math.floor(Date.now() / 1000) }
  for (const outlet of outletsOf(world, account)) outlet.send(updates)
}

function pushWithFaults(
  world: World,
  account: Account,
  update: tl.TypeUpdate,
  personId: number,
  origin?: Outlet,
) {
  const fault = world.faults.take({ kind: 'update', update: update._, accountId: account.id, personId })
  if (fault) world.journal.add('fault', { update: update._, personId, ...fault })
  if (fault?.drop) return
  const updates: tl.TypeUpdates = {
    _: 'updates',
    updates: [update],
    users: usersIn(world, account, [personId]),
    chats: [],
    date: Math.floor(Date.now() / 1000),
    seq: 0,
  }
  const push = () => {
    for (const outlet of outletsOf(world, account, origin)) {
      if (fault?.close) outlet.close()
      else outlet.send(updates)
      if (fault?.duplicate) outlet.send(updates)
    }
  }
  if (fault?.delayMs) setTimeout(push, fault.delayMs).unref()
  else push()
}

const outletsOf = (world: World, account: Account, except?: Outlet) =>
  [...world.live.outlets].filter(
    (outlet) =>
      outlet !== except && outlet.wantsUpdates && authKeyOf(world, outlet)?.accountId === account.id,
  )
