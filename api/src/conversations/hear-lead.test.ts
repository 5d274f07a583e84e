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
