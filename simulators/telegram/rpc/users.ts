import { Long, type tl } from '@mtcute/node'
import type { Account } from '../world/account.ts'
import { toTlSelf, toTlUser, usersIn } from '../world/tl-user.ts'
import { type Call, type Handlers, accountOf, personAt, requirePerson } from './call.ts'

export const userMethods: Handlers = {
  'users.getUsers'(call, { id }) {
    const account = accountOf(call)
    return id.map((input) => userAt(call, account, input)).filter((user) => user !== undefined)
  },

  'users.getFullUser'(call, { id }) {
    const account = accountOf(call)
    const person = id._ === 'inputUserSelf' ? undefined : requirePerson(call, account, id)
    return {
      _: 'users.userFull',
      fullUser: {
        _: 'userFull',
        id: person?.id ?? account.id,
        contactRequirePremium: person?.requirePremium,
        settings: { _: 'peerSettings' },
        notifySettings: { _: 'peerNotifySettings' },
        commonChatsCount: 0,
      },
      chats: [],
      users: usersIn(call.world, account, person ? [person.id] : []),
    }
  },

  'users.getRequirementsToContact'(call, { id }) {
    const account = accountOf(call)
    return id.map((input) => {
      const person = requirePerson(call, account, input)
      if (person.paidStars)
        return { _: 'requirementToContactPaidMessages', starsAmount: Long.fromNumber(person.paidStars) }
      return { _: person.requirePremium ? 'requirementToContactPremium' : 'requirementToContactEmpty' }
    })
  },

  'account.updateStatus'(call, { offline }) {
    const { online } = call.world.live
    const account = accountOf(call)
    if (offline) online.delete(account.id)
    else online.add(account.id)
    return true
  },
}

function userAt(call: Call, account: Account, input: tl.TypeInputUser): tl.TypeUser | undefined {
  if (input._ === 'inputUserSelf') return toTlSelf(call.world, account)
  if (input._ === 'inputUser' && input.userId === account.id) return toTlSelf(call.world, account)
  const person = personAt(call, account, input)
  return person && toTlUser(call.world, account, person)
}
