import type { tl } from '@mtcute/node'
import type { Account } from '../world/account.ts'
import { toTlUpdate } from '../world/tl-update.ts'
import { usersIn } from '../world/tl-user.ts'
import { chatsOf } from '../world/world.ts'
import { type Call, type Handlers, accountOf } from './call.ts'
import { RpcFailure } from './errors.ts'

const maxPerSlice = 100

export const updateMethods: Handlers = {
  'updates.getState': (call) => stateOf(call, accountOf(call)),

  'updates.getDifference'(call, { pts }) {
    const account = accountOf(call)
    if (pts <= 0) throw new RpcFailure('PERSISTENT_TIMESTAMP_EMPTY')
    if (pts > account.pts) throw new RpcFailure('PERSISTENT_TIMESTAMP_INVALID')
    const state = stateOf(call, account)
    if (pts === account.pts) return { _: 'updates.differenceEmpty', date: state.date, seq: state.seq }

    const missed = account.updates.filter((record) => record.pts > pts)
    const oldest = missed[0]
    if (!oldest || oldest.pts - oldest.count > pts)
      return { _: 'updates.differenceTooLong', pts: account.pts }

    const slice = missed.slice(0, maxPerSlice)
    const updates = slice
      .map((record) => toTlUpdate(call.world, account, record))
      .filter((one) => one !== undefined)
    const difference = {
      newMessages: updates.filter((one) => one._ === 'updateNewMessage').map((one) => one.message),
      newEncryptedMessages: [],
      otherUpdates: updates.filter((one) => one._ !== 'updateNewMessage'),
      chats: [],
      users: usersIn(
        call.world,
        account,
        slice.map((record) => record.personId),
      ),
    }
    if (slice.length === missed.length) return { _: 'updates.difference', ...difference, state }
    const intermediateState = { ...state, pts: slice.at(-1)!.pts }
    return { _: 'updates.differenceSlice', ...difference, intermediateState }
  },
}

export const stateOf = ({ world }: Call, account: Account): tl.updates.RawState => ({
  _: 'updates.state',
  pts: account.pts,
  qts: 0,
  date: Math.floor(Date.now() / 1000),
  seq: 0,
  unreadCount: chatsOf(world, account).filter((chat) =>
    chat.messages.some((one) => one.from === 'person' && one.id > chat.sellerReadMaxId),
  ).length,
})
