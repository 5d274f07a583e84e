import assert from 'node:assert/strict'
import type { AccountStatus, Messenger } from '../telegram/messenger.ts'

/** A messenger that is never online and keeps a note of what it was asked to do. */
export function stoppedMessenger(calls: string[] = []): Messenger {
  const note = async (call: string) => void calls.push(call)
  const unexpected = async () => assert.fail('nothing was expected to go out')
  const status = async (): Promise<AccountStatus> => ({
    account: 'main',
    state: 'disabled',
    detail: null,
    phone: '+79990000001',
    userId: null,
    until: null,
    qr: null,
  })
  return {
    ready: () => [],
    accounts: async () => [await status()],
    status,
    check: async () => [],
    reach: unexpected,
    opening: async () => ({ open: true }),
    invite: null,
    ownerOfConnection: null,
    markRead: unexpected,
    typing: unexpected,
    sendText: unexpected,
    fetchHistory: async () => ({ messages: [], last: null, isEnd: true }),
    fetchDialogs: null,
    download: async () => null,
    login: {
      phone: (phone) => note(`loginPhone ${phone}`),
      code: (code) => note(`loginCode ${code}`),
      password: (password) => note(`loginPassword ${password}`),
      qr: () => note('loginQr'),
      logout: () => note('logout'),
      rotateKey: async () => 0,
    },
    whenLost: () => {},
    start: () => note('start'),
    stop: () => note('stop'),
    close: () => note('close'),
  }
}
