import { createHash } from 'node:crypto'
import type { Long, tl } from '@mtcute/node'
import { longFrom } from '../mtproto/tl.ts'
import type { Account } from './account.ts'
import type { Person } from './state.ts'
import { type World, findPerson } from './world.ts'

/** The access hash by which this account, and no other, may address this user. */
export function accessHash({ state }: World, account: Account, userId: number): Long {
  return longFrom(createHash('sha256').update(`${state.seed}:${account.id}:${userId}`).digest())
}

/** A person as this account sees them. */
export function toTlUser(world: World, account: Account, person: Person): tl.RawUser {
  const contact = account.contacts.includes(person.id)
  return {
    _: 'user',
    id: person.id,
    accessHash: accessHash(world, account, person.id),
    firstName: person.firstName,
    lastName: person.lastName,
    username: person.username,
    phone: person.phone && (contact || !person.phoneHidden) ? person.phone.slice(1) : undefined,
    contact,
    bot: person.bot,
    ...(person.bot ? { botInfoVersion: 1 } : {}),
    langCode: person.languageCode,
    contactRequirePremium: person.requirePremium,
    status: { _: 'userStatusRecently' },
  }
}

/** The account as it sees itself. */
export function toTlSelf(world: World, account: Account): tl.RawUser {
  return {
    _: 'user',
    self: true,
    id: account.id,
    accessHash: accessHash(world, account, account.id),
    firstName: account.firstName,
    lastName: account.lastName,
    username: account.username,
    phone: account.phone.slice(1),
    premium: account.premium,
    status: { _: 'userStatusRecently' },
  }
}

/** The account itself and the named people: what goes beside messages in an answer. */
export const usersIn = (world: World, account: Account, personIds: Iterable<number>): tl.RawUser[] => [
  toTlSelf(world, account),
  ...[...new Set(personIds)]
    .map((id) => findPerson(world, id))
    .filter((person) => person !== undefined)
    .map((person) => toTlUser(world, account, person)),
]
