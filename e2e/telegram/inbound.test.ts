import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { fetchNextFile } from '../../api/src/telegram/fetch-files.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { type Desk, deliverOnce, type Office, openOffice, readInbox, until } from './open-office.ts'
import { texts } from '../../texts/index.ts'

const messages = (desk: Desk) =>
  rowsOf<Record<string, unknown>>(
    desk.db,
    'select text, kind, media, reply_to, original_text, deleted_at is not null as deleted from messages order by id',
  )
const stored = (desk: Desk, count: number) =>
  until(
    `${count} events are stored`,
    async () => (await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)).length >= count,
  )
const crm = (desk: Desk) =>
  rowsOf<{ kind: string; text: string }>(
    desk.db,
    `select payload ->> 'kind' as kind, payload ->> 'text' as text from outbox where channel = 'amocrm' order by id`,
  )

async function withLead(office: Office, variables: Record<string, string> = {}) {
  const desk = await office.openDesk({ variables })
  const person = await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  const say = (body: object) => office.world.control<{ messageId: number }>(`people/${person.id}/say`, body)
  return { desk, person, say }
}

test('replies, edits, deletions, stickers, contacts', async (t) => {
  const office = await openOffice(t)
  const { desk, person, say } = await withLead(office)
  const { messageId } = await say({ text: 'at 15:00' })
  await say({ text: 'this one', replyTo: messageId })
  await say({ media: 'sticker' })
  await say({ media: 'contact' })
  const gone = await say({ text: 'a secret' })
  await office.world.control(`people/${person.id}/edit`, { messageId, text: 'at 16:00' })
  await office.world.control(`people/${person.id}/messages/${gone.messageId}`, undefined, 'DELETE')
  await stored(desk, 7)
  await readInbox(desk)
  const [edited, reply, sticker, contact, deleted] = await messages(desk)
  assert.deepEqual([edited!['text'], edited!['original_text']], ['at 16:00', 'at 15:00'])
  assert.deepEqual([reply!['text'], Number(reply!['reply_to'])], ['this one', messageId])
  assert.deepEqual([sticker!['kind'], sticker!['text']], ['sticker', '[sticker 👍]'])
  assert.deepEqual([contact!['kind'], contact!['text']], ['contact', '[contact: Boris Contact, 79160000000]'])
  assert.equal(deleted!['deleted'], true)
})

test('an edit into a stop word ends it; an edit after the answer is told to a human', async (t) => {
  const office = await openOffice(t)
  const { desk, person, say } = await withLead(office)
  const { messageId } = await say({ text: 'yes' })
  await stored(desk, 1)
  await readInbox(desk)
  await desk.db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text) select conversation_id, 1, 'out', 'ai', 'Good' from messages`,
  )
  await office.world.control(`people/${person.id}/edit`, { messageId, text: 'no' })
  await stored(desk, 2)
  await readInbox(desk)
  assert.match((await crm(desk))[0]!.text, /Before: yes Now: no/)
  await office.world.control(`people/${person.id}/edit`, { messageId, text: 'стоп' })
  await stored(desk, 3)
  await readInbox(desk)
  const [lead] = await rowsOf(desk.db, 'select opted_out_at from leads')
  assert.ok(lead!['opted_out_at'])
})

/** Answers like OpenAI's /audio/transcriptions; notes what it was sent. */
async function startTranscription(t: TestContext, status = 200, more: object = {}) {
  const requests: { path: string; key: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    requests.push({
      path: request.url!,
      key: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    })
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ text: 'Запишите меня', ...more }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests }
}

test('voice and round video are turned into text, kept, and answered like text', async (t) => {
  const office = await openOffice(t)
  const { url, requests } = await startTranscription(t)
  const { desk, say } = await withLead(office, {
    TRANSCRIPTION_URL: url,
    TRANSCRIPTION_KEY: 'secret-key',
    TRANSCRIPTION_MODEL: 'w1',
  })
  await say({ media: 'voice' })
  await say({ media: 'round' })
  await stored(desk, 2)
  await readInbox(desk)
  assert.deepEqual(await rowsOf(desk.db, 'select from turns'), [], 'nothing is answered before it was heard')
  while (await fetchNextFile(desk));
  assert.deepEqual(
    (await messages(desk)).map((row) => row['text']),
    ['Запишите меня\n[голосовое сообщение, 3 с]', 'Запишите меня\n[видеосообщение, 4 с]'],
  )
  const files = await rowsOf<{ content: Buffer; transcript: string }>(
    desk.db,
    'select content, transcript from message_files order by 1',
  )
  assert.deepEqual(
    files.map(({ content }) => content.toString()),
    ['a round', 'a voice'],
  )
  assert.equal((await rowsOf(desk.db, `select from turns where kind = 'answer'`)).length, 1)
  assert.deepEqual([requests[0]!.path, requests[0]!.key], ['/v1/audio/transcriptions', 'Bearer secret-key'])
  assert.match(requests[0]!.body, /name="model"\r\n\r\nw1/)
  assert.match(requests[0]!.body, /a voice/)
})

test('a voice message that was not heard for sure is asked back, ends nothing and is answered with the answer', async (t) => {
  const rows = [
    [
      'whisper-1',
      /name="response_format"\r\n\r\nverbose_json/,
      { segments: [{ avg_logprob: -1.4, no_speech_prob: 0.2 }] },
    ],
    [
      'gpt-4o-mini-transcribe',
      /name="include\[\]"\r\n\r\nlogprobs/,
      { logprobs: [{ token: 'a', logprob: -1.1, bytes: [] }] },
    ],
  ] as const
  for (const [model, asked, how] of rows) {
    const office = await openOffice(t)
    const { url, requests } = await startTranscription(t, 200, { text: 'Больше не пишите', ...how })
    const { desk, say } = await withLead(office, { TRANSCRIPTION_URL: url, TRANSCRIPTION_MODEL: model })
    await say({ media: 'voice' })
    await stored(desk, 1)
    await readInbox(desk)
    while (await fetchNextFile(desk));
    assert.match(requests[0]!.body, asked)
    const [lead] = await rowsOf(desk.db, 'select opted_out_at from leads')
    assert.equal(lead!['opted_out_at'], null)
    assert.deepEqual(await rowsOf(desk.db, 'select from turns'), [])
    while (await deliverOnce(desk));
    const said = (await office.world.journal('message')).filter((entry) => entry['from'] === 'seller')
    assert.equal(said.length, 1)
    assert.ok(String(said[0]!['text']).startsWith(texts.ru.lead.heardUnsure('Больше не пишите')))
    await say({ text: 'Да, а сколько это стоит?' })
    await stored(desk, 2)
    await readInbox(desk)
    assert.equal((await rowsOf(desk.db, `select from turns where kind = 'answer'`)).length, 1)
  }
})

test('without transcription the lead is asked to write, once, and a human gets a task', async (t) => {
  const office = await openOffice(t)
  const { desk, say } = await withLead(office)
  await say({ media: 'voice' })
  await stored(desk, 1)
  await readInbox(desk)
  while (await fetchNextFile(desk));
  while (await deliverOnce(desk));
  const said = (await office.world.journal('message')).filter((entry) => entry['from'] === 'seller')
  assert.equal(said.length, 1)
  assert.match(String(said[0]!['text']), /текстом/)
  assert.deepEqual(
    (await crm(desk)).map(({ kind }) => kind),
    // These were our first words to the lead.
    ['task', 'lead'],
  )
  const [file] = await rowsOf<{ state: string }>(desk.db, 'select state from message_files')
  assert.equal(file!.state, 'stored')
})

test('a service that fails is asked again, then the lead is asked to write', async (t) => {
  const office = await openOffice(t)
  const { url, requests } = await startTranscription(t, 500)
  const { desk, say } = await withLead(office, { TRANSCRIPTION_URL: url })
  await say({ media: 'voice' })
  await stored(desk, 1)
  await readInbox(desk)
  for (let times = 0; times < 6; times++) {
    await fetchNextFile(desk)
    await desk.db.query('update message_files set run_at = now()')
  }
  assert.equal(requests.length, 5)
  assert.equal((await rowsOf(desk.db, `select from outbox where channel = 'telegram'`)).length, 1)
})

test('photos and files are kept up to a size, and a human is told', async (t) => {
  const office = await openOffice(t)
  const { desk, say } = await withLead(office)
  await say({ media: 'photo', text: 'our office' })
  await say({ media: 'document' })
  await say({ media: 'document', bytes: 2_000_000 })
  await stored(desk, 3)
  await readInbox(desk)
  while (await fetchNextFile(desk));
  assert.deepEqual(
    await rowsOf(desk.db, 'select state, length(content) as bytes from message_files order by message_id'),
    [
      { state: 'stored', bytes: 7 },
      { state: 'stored', bytes: 10 },
      { state: 'too_large', bytes: null },
    ],
  )
  assert.deepEqual(
    (await messages(desk)).map((row) => row['text']),
    // The first words were described before they were heard; from then on the lead's language is known.
    ['our office\n[фото]', '[file]', '[file]'],
  )
  assert.equal((await crm(desk)).filter(({ kind }) => kind === 'note').length, 3)
  assert.equal((await rowsOf(desk.db, 'select from turns')).length, 1)
})

test("Telegram's service messages and bots leave no trace, in no table and no log", async (t) => {
  const office = await openOffice(t)
  const { desk, say } = await withLead(office)
  await office.world.addPerson({ id: 777000, firstName: 'Telegram' })
  const bot = await office.world.addPerson({ firstName: 'Robot', bot: true })
  await office.world.control('people/777000/say', { text: 'Login code: 99117' })
  await office.world.control(`people/${bot.id}/say`, { text: 'beep 99117' })
  await say({ text: 'the last one' })
  await stored(desk, 1)
  await readInbox(desk)
  const { rows: tables } = await desk.db.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) {
    const rows = await rowsOf<{ text: string }>(desk.db, `select t::text as text from ${name} t`)
    const bodies =
      name === 'inbox_events'
        ? await rowsOf<{ text: string }>(
            desk.db,
            `select convert_from(body, 'utf8') as text from inbox_events`,
          )
        : []
    for (const { text } of [...rows, ...bodies]) assert.equal(text.includes('99117'), false, name)
  }
  assert.equal(desk.logged.join('\n').includes('99117'), false)
  assert.equal((await messages(desk)).length, 1)
})
