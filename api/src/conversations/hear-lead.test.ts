import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { knowLanguage, knowZone } from '../leads/know-lead.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { hearLead } from './hear-lead.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { language_source: 'phone', language_confidence: 0.4, zone_confidence: 0 })
})
const say = (text: string) => inTransaction(db, (tx) => hearLead(app, tx, 1, text))
const lead = async () =>
  (
    await rowsOf<{
      language: string
      language_source: string
      time_zone: string
      zone_source: string
      stop_asked_at: Date | null
      opted_out_at: Date | null
    }>(db, 'select * from leads')
  )[0]!

test('the newest words decide the language, before anything is thought up', async () => {
  await say('Hello, is it still available?')
  assert.deepEqual([(await lead()).language, (await lead()).language_source], ['en', 'said'])
  await say('👍')
  await say('ok')
  assert.equal((await lead()).language, 'en')
  await say('Ок, шлите invoice')
  assert.equal((await lead()).language, 'ru')
  await say('Guten Tag, was kostet das?')
  assert.equal((await lead()).language, 'en')
})

test('what is known less surely never replaces what was said', async () => {
  await say('Добрый день, я в Лиссабоне')
  await knowLanguage(db, 1, { language: 'en', source: 'classifier' })
  await knowLanguage(db, 1, { language: 'en', source: 'card' })
  await knowZone(db, 1, { zone: 'Asia/Dubai', source: 'phone' })
  await say('давайте в 15 по Москве')
  const { language, time_zone: zone, zone_source: source } = await lead()
  assert.deepEqual([language, zone, source], ['ru', 'Europe/Lisbon', 'said'])
  await say('Я уже в Москве')
  assert.equal((await lead()).time_zone, 'Europe/Moscow')
})

test('a clear stop acts at once; a doubtful one and a buyer do not', async () => {
  for (const text of [
    'Можно ли работать по постоплате?',
    'Ну хватит уже',
    'не пишите',
    'Не звоните, пишите сюда',
  ])
    assert.equal(await say(text), false, text)
  assert.equal((await lead()).opted_out_at, null)
  assert.equal(await say('Прошу больше мне не писать'), true)
  assert.ok((await lead()).opted_out_at)
})

const answers: [text: string, stops: boolean, asked: boolean][] = [
  ['да', true, false],
  ['Да, не пишите', true, false],
  ['yes', true, false],
  ['Yes please', true, false],
  ['не пишите', true, false],
  ['нет, не пишите', true, false],
  ['нет', false, false],
  ['Нет, пишите', false, false],
  ['да нет, пишите конечно', false, false],
  ['no, keep writing', false, false],
  ['А сколько это стоит?', false, false],
  ['да, давайте в среду в 15', false, true],
  ['хм', false, true],
]
for (const [text, stops, asked] of answers) {
  test(`asked whether to stop, "${text}" ${stops ? 'ends it' : asked ? 'leaves it open' : 'goes on'}`, async () => {
    await db.query('update leads set stop_asked_at = now()')
    assert.equal(await say(text), stops)
    if (!stops) assert.equal((await lead()).stop_asked_at !== null, asked)
  })
}

test('who wants their data deleted is written to no more, is told the truth, and a human gets the task, once', async () => {
  const asking = [
    'Delete my data',
    'удалите мои данные',
    'Прошу удалить мои персональные данные',
    'I want you to erase everything you have about me',
    'Please remove all my personal information from your systems',
    'Удалите меня из вашей базы',
    'Сотрите всё, что у вас есть обо мне',
    'Требую удалить всю мою переписку',
    'I withdraw my consent to the processing of my data',
    'Мои данные удалите, пожалуйста',
    'Could you delete my account?',
  ]
  for (const text of asking) {
    await app.wipe()
    await addLead(db, 1, { language: null })
    assert.equal(await say(text), true, text)
    await say(text)
    const sent = await rowsOf<{ channel: string; kind: string; text: string }>(
      db,
      `select channel, payload ->> 'kind' as kind, payload ->> 'text' as text from outbox order by id`,
    )
    assert.equal(
      sent.filter(({ kind, text: said }) => kind === 'task' && /delet|удалить/.test(said)).length,
      1,
      text,
    )
    assert.deepEqual(
      sent
        .filter(({ channel }) => channel === 'telegram')
        .map(({ text: said }) => /not|nothing is deleted|не удалены/.test(said)),
      [true],
      text,
    )
  }
})

test('other data, other people and questions about deletion are no wish to be forgotten', async () => {
  for (const text of [
    'Как удалить данные клиентов в вашей CRM?',
    'Do you delete my data after the call?',
    'Удалите, пожалуйста, встречу в среду',
    'Delete the meeting, please',
    'Не удаляйте мои данные, я ещё вернусь',
    'Can your product delete customer records?',
    'Забудьте, это я не вам',
    'Remove the second time, keep the first',
    'Мои данные те же: Иван, 12 менеджеров',
    'Мы сами храним данные у себя',
  ]) {
    await app.wipe()
    await addLead(db, 1)
    await say(text)
    assert.deepEqual(await rowsOf(db, `select 1 from outbox where payload ->> 'kind' = 'task'`), [], text)
  }
})
