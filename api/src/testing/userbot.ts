import assert from 'node:assert/strict'
import { accountId } from '../telegram/account.ts'
import type { AccountStatus, Userbot } from '../telegram/userbot.ts'

/** A userbot that is never online and keeps a note of what it was asked to do. */
export function stoppedUserbot(calls: string[] = []): Userbot {
  const note = async (call: string) => void calls.push(call)
  return {
    accountId,
    online: () => null,
    status: async (): Promise<AccountStatus> => ({
      account: accountId,
      state: 'disabled',
      detail: null,
      phone: '+79990000001',
      userId: null,
    }),
    receive: async () => assert.fail('no message was expected'),
    whenLost: () => {},
    start: () => note('start'),
    stop: () => note('stop'),
    close: () => note('close'),
    loginPhone: (phone) => note(`loginPhone ${phone}`),
    loginCode: (code) => note(`loginCode ${code}`),
    loginPassword: (password) => note(`loginPassword ${password}`),
    logout: () => note('logout'),
  }
}
