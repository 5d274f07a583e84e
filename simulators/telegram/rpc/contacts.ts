import type { tl } from '@mtcute/node'
import type { Account } from '../world/account.ts'
import type { Person } from '../world/state.ts'
import { usersIn } from '../world/tl-user.ts'
import { normalPhone } from '../world/world.ts'
import { type Call, type Handlers, accountOf, requirePerson } from './call.ts'
import { RpcFailure } from './errors.ts'

export const contactMethods: Handlers = {
  'contacts.resolveUsername'(call, { username }) {
    const account = accountOf(call)
    if (!/^[a-z]\w{3,31}$/i.test(username)) throw new RpcFailure('USERNAME_INVALID')
    const person = call.world.state.people.find(
      (one) => one.username?.toLowerCase() === username.toLowerCase(),
    )
    if (!person) throw new RpcFailure('USERNAME_NOT_OCCUPIED')
    return resolved(call, account, person)
  },

  'contacts.resolvePhone'(call, { phone }) {
    const account = accountOf(call)
    const person = findByPhone(call, phone)
    if (!person) throw new RpcFailure('PHONE_NOT_OCCUPIED')
    return resolved(call, account, person)
  },

  'contacts.importContacts'(call, { contacts }) {
    const account = accountOf(call)
    const imported: tl.TypeImportedContact[] = []
    for (const contact of contacts) {
      const person = findByPhone(call, contact.phone)
      if (!person) continue
      addContact(call, account, person)
      imported.push({ _: 'importedContact', userId: person.id, clientId: contact.clientId })
    }
    return {
      _: 'contacts.importedContacts',
      imported,
      popularInvites: [],
      retryContacts: [],
      users: usersIn(
        call.world,
        account,
        imported.map(({ userId }) => userId),
      ),
    }
  },

  'contacts.addContact'(call, { id }) {
    const account = accountOf(call)
    const person = requirePerson(call, account, id)
    addContact(call, account, person)
    return {
      _: 'updates',
      updates: [
        {
          _: 'updatePeerSettings',
          peer: { _: 'peerUser', userId: person.id },
          settings: { _: 'peerSettings' },
        },
      ],
      users: usersIn(call.world, account, [person.id]),
      chats: [],
      date: Math.floor(Date.now() / 1000),
      seq: 0,
    }
  },
}

/** Who hides their number cannot be told from who is not on Telegram. */
function findByPhone({ world }: Call, phone: string): Person | undefined {
  const wanted = normalPhone(phone)
  return world.state.people.find((one) => one.phone === wanted && !one.phoneHidden)
}

function addContact({ world }: Call, account: Account, person: Person): void {
  if (account.contacts.includes(person.id)) return
  account.contacts.push(person.id)
  world.changed()
  world.journal.add('contact', { accountId: account.id, personId: person.id })
}

const resolved = ({ world }: Call, account: Account, person: Person): tl.contacts.RawResolvedPeer => ({
  _: 'contacts.resolvedPeer',
  peer: { _: 'peerUser', userId: person.id },
  chats: [],
  users: usersIn(world, account, [person.id]),
})
