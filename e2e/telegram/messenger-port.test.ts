import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { findLead } from '../../api/src/leads/lead.ts'
import { inTransaction } from '../../api/src/database/pool.ts'
import { openConversation } from '../../api/src/conversations/open-conversation.ts'
import type { App } from '../../api/src/app.ts'
import type { Messenger, Peer, Place } from '../../api/src/telegram/messenger.ts'
import { MessengerError, type MessengerFailure } from '../../api/src/telegram/messenger-error.ts'
import { addLead } from '../../api/src/testing/seed.ts'
import { startBotWorld } from './bot-world.ts'
import { openOffice, quick } from './open-office.ts'

/** One way to Telegram, online, with a lead who can be written to. */
type Way = {
  app: App
  messenger: Messenger
  peer: Peer
  /** The texts that the person has from us. */
  heard: () => Promise<string[]>
  /** The next send is refused by Telegram with these words. */
  refuse: (error: string) => Promise<unknown>
}

type Case = {
  name: string
  /** What has to end with the tests, and before the database, is put into `ends`. */
  open: (ends: (() => Promise<void>)[]) => Promise<Way>
  /** Whether we may write first. */
  writesFirst: boolean
  refusals: [error: string, meaning: MessengerFailure][]
}

const leadId = 7

async function openUserbot(ends: (() => Promise<void>)[]): Promise<Way> {
  const office = await openOffice({ after: (end) => void ends.push(end) })
  const desk = await office.openDesk(quick)
  const person = await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, leadId, { telegram_username: 'anna_k' })
  return {
    app: desk,
    messenger: desk.telegram,
    peer: { accountId: 'main', peerId: person.id },
    heard: async () =>
      (await office.world.journal('message'))
        .filter(({ from }) => from === 'seller')
        .map(({ text }) => String(text)),
    refuse: (error) => office.world.fault({ method: 'messages.sendMessage' }, { error }),
  }
}

const openBot = (mode: 'bot' | 'secretary') => async (): Promise<Way> => {
  const world = await startBotWorld(mode)
  const { app, control } = world
  await app.telegram.start()
  await addLead(app.db, leadId, { phone: '+79161112233', telegram_username: 'anna_k' })
  const person = await world.addPerson({ username: 'anna_k' })
  if (mode === 'bot') {
    const lead = (await findLead(app.db, leadId))!
    const link = await inTransaction(app.db, (tx) => app.telegram.invite!(tx, lead))
    await control(`people/${person.id}/open`, { link })
    await world.hear(1)
  } else {
    await control('business-connections', {})
    await control(`people/${person.id}/say`, { text: 'Hello' })
    await world.hear(2)
  }
  const [conversation] = await world.rows<Place>('select id, account_id, peer_id from conversations')
  const bots = await control<{ id: number }[]>('bots')
  return {
    app,
    messenger: app.telegram,
    peer: { accountId: conversation!.account_id!, peerId: person.id },
    heard: async () =>
      (await world.chat(person.id, mode === 'bot' ? bots[0]!.id : undefined))
        .filter(({ from }) => from === 'seller')
        .map(({ text }) => text),
    refuse: (error) =>
      control('faults', { match: { kind: 'botMethod', method: 'sendMessage' }, fault: { error }, times: 1 }),
  }
}

const botRefusals: Case['refusals'] = [
  ['403 Forbidden: bot was blocked by the user', 'blocked'],
  ['403 Forbidden: user is deactivated', 'deactivated'],
  ['Bad Request: message is too long', 'bad-message'],
  ['FLOOD_WAIT_30', 'flood-wait'],
  ['Bad Request: chat not found', 'not-found'],
]

const cases: Case[] = [
  {
    name: 'userbot',
    open: openUserbot,
    writesFirst: true,
    refusals: [
      ['USER_IS_BLOCKED', 'blocked'],
      ['INPUT_USER_DEACTIVATED', 'deactivated'],
      ['MESSAGE_TOO_LONG', 'bad-message'],
      ['FLOOD_WAIT_30', 'flood-wait'],
      ['PEER_ID_INVALID', 'not-found'],
    ],
  },
  { name: 'bot', open: openBot('bot'), writesFirst: false, refusals: botRefusals },
  { name: 'secretary', open: openBot('secretary'), writesFirst: false, refusals: botRefusals },
]

/** All of them before the first test: the runner ends the file when it has nothing left to run. */
const ways: (Case & { way: Way; ends: (() => Promise<void>)[] })[] = []
for (const one of cases) {
  const ends: (() => Promise<void>)[] = []
  ways.push({ ...one, way: await one.open(ends), ends })
}

for (const { name, way, ends, writesFirst, refusals } of ways) {
  describe(`the port Messenger, by ${name}`, () => {
    after(async () => {
      for (const end of ends) await end()
    })
    const lead = async () => (await findLead(way.app.db, leadId))!

    async function place(changes: Partial<Place> = {}): Promise<Place> {
      const { id } = await openConversation(way.app.db, { leadId, accountId: way.peer.accountId })
      return { id, account_id: way.peer.accountId, peer_id: way.peer.peerId, ...changes }
    }

    test('says which accounts can send, and the state of each', async () => {
      assert.ok(way.messenger.ready().includes(way.peer.accountId))
      const accounts = await way.messenger.accounts()
      const own = accounts.find(({ account }) => account === way.peer.accountId)
      assert.equal(own?.state, 'online')
      assert.equal((await way.messenger.status()).state, 'online')
    })

    test('a lead who can be written to is reached at their chat', async () => {
      const reached = await way.messenger.reach(await lead(), await place())
      assert.ok('peerId' in reached, JSON.stringify(reached))
      assert.deepEqual({ accountId: reached.accountId, peerId: reached.peerId }, way.peer)
      assert.deepEqual(await way.messenger.opening(await place()), { open: true })
    })

    test('who has not written yet: only a way that writes first may, and only a way that may not has a link', async () => {
      const unknown = await place({ account_id: null, peer_id: null })
      assert.equal((await way.messenger.opening(unknown)).open, writesFirst)
      assert.equal(way.messenger.invite === null, writesFirst)
    })

    test('the same message with the same key reaches the person once', async () => {
      const first = await way.messenger.sendText(way.peer, 'Only once', 'row:1')
      const again = await way.messenger.sendText(way.peer, 'Only once', 'row:1')
      assert.ok(first.messageId)
      assert.ok(again.messageId === first.messageId || again.messageId === null)
      assert.equal((await way.heard()).filter((text) => text === 'Only once').length, 1)
    })

    test('reading and typing are harmless', async () => {
      await way.messenger.markRead(way.peer)
      await way.messenger.typing(way.peer)
    })

    for (const [error, meaning] of refusals) {
      test(`"${error}" is ${meaning}`, async () => {
        await way.refuse(error)
        await assert.rejects(way.messenger.sendText(way.peer, error, `refused:${error}`), (failure) => {
          assert.ok(failure instanceof MessengerError)
          assert.equal(failure.code, meaning)
          if (meaning === 'flood-wait') assert.equal(failure.retryAfterMs, 30_000)
          return true
        })
        assert.ok(!(await way.heard()).includes(error))
        // Each refusal by itself.
        await way.app.db.query('delete from telegram_limits')
      })
    }

    test('the history is a list, and a file that is not there is none', async () => {
      assert.ok(Array.isArray((await way.messenger.fetchHistory(way.peer, 0)).messages))
      assert.equal(await way.messenger.download(way.peer, 999_999, 1000), null)
    })

    test('after the end nothing is sent, and the caller is told', async () => {
      await way.messenger.close()
      assert.deepEqual(way.messenger.ready(), [])
      await assert.rejects(
        way.messenger.sendText(way.peer, 'Too late', 'row:2'),
        (failure) => failure instanceof MessengerError && failure.code === 'not-ready',
      )
      assert.ok(!(await way.heard()).includes('Too late'))
    })
  })
}
