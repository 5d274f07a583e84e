import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordInbound } from '../../api/src/conversations/record-inbound.ts'
import { signals } from '../../api/src/conversations/signals.ts'
import { fetchNextFile } from '../../api/src/telegram/fetch-files.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { startBotWorld } from './bot-world.ts'
import {
  type Desk,
  deliverOnce,
  type Office,
  openOffice,
  quick,
  readInbox,
  say,
  until,
} from './open-office.ts'

type Kept = { kind: keyof typeof signals; author: string; text: string }
const kept = (desk: Pick<Desk, 'db'>) =>
  rowsOf<Kept>(desk.db, 'select kind, author, text from messages order by id')
const toPeople = (desk: Pick<Desk, 'db'>) =>
  rowsOf<{ kind: string; text: string }>(
    desk.db,
    `select payload ->> 'kind' as kind, payload ->> 'text' as text from outbox where channel = 'amocrm' order by id`,
  )
const answers = async (desk: Pick<Desk, 'db'>) =>
  (await rowsOf(desk.db, `select from turns where state = 'pending' and kind = 'answer'`)).length
const controlOf = async (desk: Pick<Desk, 'db'>) =>
  (await rowsOf<{ control: string }>(desk.db, 'select control from leads'))[0]!.control

async function withLead(office: Office) {
  const desk = await office.openDesk(quick)
  const person = await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  const control = (path: string, body: object) =>
    office.world.control<{ messageId: number }>(`people/${person.id}/${path}`, body)
  const heard = (count: number) =>
    until(`${count} messages are kept`, async () => {
      await readInbox(desk)
      return (await kept(desk)).length >= count
    })
  return { desk, person, control, heard }
}

const rows: [
  name: string,
  path: string,
  body: object,
  expected: { kind: Kept['kind']; text: RegExp; people: [kind: string, text: RegExp] | null },
][] = [
  [
    'a missed call',
    'call',
    {},
    { kind: 'call', text: /^\[.+, ?\S+.*\]$|^\[.+\]$/, people: ['task', /Перезвоните|Call back/] },
  ],
  [
    "somebody else's contact",
    'say',
    { media: 'contact' },
    { kind: 'contact', text: /Boris Contact, 79160000000/, people: ['task', /Boris Contact, 79160000000/] },
  ],
  [
    'a live location',
    'say',
    { media: 'live_location' },
    { kind: 'live_location', text: /^\[.+\]$/, people: ['task', /не едет ли|on their way/] },
  ],
  [
    'a place',
    'say',
    { media: 'location' },
    { kind: 'location', text: /^\[.+\]$/, people: ['note', /\[.+\]/] },
  ],
  [
    'a picture for one look',
    'say',
    { media: 'photo', viewOnce: true },
    { kind: 'view_once', text: /^\[.+\]$/, people: ['task', /один просмотр|looked at once/] },
  ],
  [
    'a forwarded message',
    'say',
    { text: 'Never write to me again', forwarded: true },
    { kind: 'text', text: /^\[(переслано|forwarded).*\]\nNever write to me again$/, people: null },
  ],
]
for (const [name, path, body, { kind, text, people }] of rows)
  test(`${name} is heard as what it is, answered, and told to people where they should look`, async (t) => {
    const office = await openOffice(t)
    const { desk, control, heard } = await withLead(office)
    await control(path, body)
    await heard(1)
    const [message] = await kept(desk)
    assert.equal(message!.kind, kind)
    assert.match(message!.text, text)
    assert.equal(await answers(desk), 1)
    const told = await toPeople(desk)
    assert.equal(told.length, people ? 1 : 0, JSON.stringify(told))
    if (people) {
      assert.equal(told[0]!.kind, people[0])
      assert.match(told[0]!.text, people[1])
    }
    // A picture for one look stays unopened.
    assert.equal(await fetchNextFile(desk), false)
    assert.equal(await controlOf(desk), 'ai')
  })

test('a call that was taken is a talk between people: the assistant is silent from then on', async (t) => {
  const office = await openOffice(t)
  const { desk, control, heard } = await withLead(office)
  await control('call', { seconds: 95 })
  await heard(1)
  assert.match((await kept(desk))[0]!.text, /95/)
  assert.equal(await controlOf(desk), 'human')
  assert.equal(await answers(desk), 0)
})

test('an album is one thing: one answer, one note on the card, each picture kept', async (t) => {
  const office = await openOffice(t)
  const { desk, control, heard } = await withLead(office)
  for (const text of ['Our office', '', ''])
    await control('say', { media: 'photo', text, albumId: '1234567890123' })
  await heard(3)
  assert.equal(await answers(desk), 1)
  assert.deepEqual(
    (await toPeople(desk)).map(({ kind }) => kind),
    ['note'],
  )
  assert.equal((await rowsOf(desk.db, 'select from message_files')).length, 3)
})

for (const automatic of ['offline', 'scheduled'] as const)
  test(`words sent by the account itself (${automatic}) are nobody taking over; a human's words are`, async (t) => {
    const office = await openOffice(t)
    const { desk, control, heard } = await withLead(office)
    await control('say', { text: 'Hello' })
    await heard(1)
    await control('seller-says', { text: 'We are away until Monday', automatic })
    await heard(2)
    assert.deepEqual((await kept(desk))[1], {
      kind: 'text',
      author: 'system',
      text: 'We are away until Monday',
    })
    assert.equal(await controlOf(desk), 'ai')
    assert.equal(await answers(desk), 1)
    await control('seller-says', { text: 'It is Olga, let me answer' })
    await heard(3)
    assert.equal(await controlOf(desk), 'human')
  })

for (const [emoji, on, isAnswer] of [
  ['👍', 'Shall we meet on Monday?', true],
  ['👎', 'Shall we meet on Monday?', true],
  ['👍', 'See you then.', false],
] as const)
  test(`${emoji} on "${on}" is ${isAnswer ? 'an answer' : 'kept and nothing more'}`, async (t) => {
    const office = await openOffice(t)
    const { desk, control, heard } = await withLead(office)
    await say(desk, 1, on, 'ai')
    await until('it is sent', async () => {
      await deliverOnce(desk)
      return (await rowsOf(desk.db, 'select from messages where channel_message_id is not null')).length === 1
    })
    const [sent] = await rowsOf<{ id: number }>(desk.db, 'select channel_message_id as id from messages')
    await control('react', { messageId: sent!.id, emoji })
    await heard(2)
    assert.equal((await kept(desk))[1]!.kind, 'reaction')
    assert.equal(await answers(desk), isAnswer ? 1 : 0)
  })

test('every kind of message has its row in the table, and none is left without an answer or a human', async (t) => {
  const office = await openOffice(t)
  const { desk, person } = await withLead(office)
  let messageId = 0
  for (const [kind, { people }] of Object.entries(signals)) {
    if (kind === 'reaction') continue
    await desk.db.query('delete from outbox')
    await recordInbound(desk, {
      accountId: 'main',
      event: 'new',
      peerId: person.id,
      peerUsername: 'anna_k',
      peerPhone: null,
      peerLanguage: null,
      messageId: ++messageId,
      outgoing: false,
      text: '',
      sentAt: new Date().toISOString(),
      replyTo: null,
      kind: kind as Kept['kind'],
      automatic: false,
      forwarded: false,
      albumId: null,
      media: null,
    })
    const told = (await toPeople(desk)).map((row) => row.kind)
    assert.deepEqual(
      told,
      { file: ['note'], note: ['note'], task: ['task'], none: [] }[people ?? 'none'],
      kind,
    )
  }
  assert.equal((await kept(desk)).length, messageId)
})

test("a secretary: the account's own away message and greeting silence nobody, the owner's words do", async () => {
  const world = await startBotWorld('secretary')
  await world.app.telegram.start()
  await addLead(world.app.db, 1, { telegram_username: 'anna_k' })
  const anna = await world.addPerson({ username: 'anna_k' })
  await world.control('business-connections', {})
  await world.control(`people/${anna.id}/say`, { text: 'Hello' })
  await world.control(`people/${anna.id}/seller-says`, { text: 'We are away', automatic: 'offline' })
  await world.hear(3)
  assert.equal(await controlOf(world.app), 'ai')
  await world.control(`people/${anna.id}/seller-says`, { text: 'It is Olga' })
  await world.hear(4)
  assert.equal(await controlOf(world.app), 'human')
})

test('a bot hears places, contacts and forwarded words as what they are', async () => {
  const world = await startBotWorld('bot')
  await world.app.telegram.start()
  await addLead(world.app.db, 1, { telegram_username: 'anna_k' })
  const anna = await world.addPerson({ username: 'anna_k' })
  const [bot] = await world.control<{ id: number }[]>('bots')
  await world.control(`people/${anna.id}/start`, {})
  await world.hear(1)
  await world.app.db.query(
    `insert into conversations (lead_id, channel, account_id, peer_id) values (1, 'telegram', 'bot', $1)
     on conflict do nothing`,
    [anna.id],
  )
  await world.app.db.query('update leads set telegram_user_id = $1', [anna.id])
  const tell = (body: object) => world.control(`people/${anna.id}/say`, { ...body, accountId: bot!.id })
  await tell({ media: 'location' })
  await tell({ media: 'live_location' })
  await tell({ media: 'contact' })
  await tell({ text: 'stop', forwarded: true })
  await world.hear(5)
  assert.deepEqual(
    (await kept(world.app)).filter(({ author }) => author === 'lead').map(({ kind }) => kind),
    ['location', 'live_location', 'contact', 'text'],
  )
  assert.equal(await controlOf(world.app), 'ai')
})
