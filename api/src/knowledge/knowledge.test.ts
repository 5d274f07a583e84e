import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { explainTurn } from '../console/explain-turn.ts'
import { findLead } from '../leads/lead.ts'
import { addInbound, addLead, claimAll, proposal, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { turnContext } from '../turns/turn-context.ts'
import { sendTurnMessage, updateCrmForTurn } from '../turns/turn-effects.ts'
import { exampleBusiness } from '../testing/business.ts'
import { answerQuestion, openQuestions } from './answer-question.ts'
import { checkCitations } from './check-citations.ts'
import { saveItems } from './save-items.ts'
import { searchKnowledge } from './search-knowledge.ts'

const knowledge = [
  {
    id: 'price',
    title: 'Стоимость / Price',
    text: 'Настройка стоит 1500 руб в месяц. / The setup costs 1500 roubles a month.',
  },
  { id: 'terms', title: 'Сроки', text: 'Подключаем телефонию Mango за две недели.' },
  {
    id: 'guarantee',
    title: 'Гарантия',
    text: 'Гарантия на работы двенадцать месяцев, возврат в течение 14 дней.',
  },
  { id: 'parking', title: 'Parking', text: 'Guests park in the yard; parking is free.' },
]
const app = await startTestApp({ business: { ...exampleBusiness, knowledge } })
const { db } = app
beforeEach(app.wipe)

const hits = async (said: string) =>
  (await searchKnowledge(db, said)).filter(({ score }) => score > 0).map(({ id }) => id)

test('items are found by any form of a word, in both languages, and with typing errors', async () => {
  for (const [said, id] of [
    ['А сколько будет стоить настройка?', 'price'],
    ['о какой стоимости речь', 'price'],
    ['What are the costs?', 'price'],
    ['подключите телефонию?', 'terms'],
    ['а телефонея будет?', 'terms'],
    ['you have mango integration', 'terms'],
    ['какие гарантии вы даёте', 'guarantee'],
    ['where can I park my car', 'parking'],
    ['is there any parkng', 'parking'],
  ] as const)
    assert.equal((await hits(said))[0], id, said)
})

test('what no item answers hits nothing; all items come while there is room', async () => {
  for (const said of [
    'Вы работаете с Битриксом?',
    'Do you ship to Norway',
    '',
    '???',
    "'; drop table leads; --",
  ])
    assert.deepEqual(await hits(said), [], said)
  assert.equal((await searchKnowledge(db, 'hm')).length, 4)
})

const own = 'Маяк Ольга. Встреча 30 минут. У нас 12 менеджеров'
const check = (reply: string) => checkCitations(reply, knowledge, own)

test('a supported reply passes, and loses its ids', () => {
  for (const [reply, text] of [
    ['Настройка стоит 1500 руб в месяц [#price].', 'Настройка стоит 1500 руб в месяц.'],
    [
      '[#price] Настройка стоит 1 500 руб. Что для вас важно?',
      'Настройка стоит 1 500 руб. Что для вас важно?',
    ],
    [
      'Спасибо! Подключим Mango за 2 недели [#terms]. Созвонимся?',
      'Спасибо! Подключим Mango за 2 недели. Созвонимся?',
    ],
    ['Гарантия есть: возврат за 14 дней. [#guarantee]', 'Гарантия есть: возврат за 14 дней.'],
    ['Parking is free [#parking].', 'Parking is free.'],
    [
      'Разговор займёт 30 минут, для ваших 12 менеджеров этого хватит.',
      'Разговор займёт 30 минут, для ваших 12 менеджеров этого хватит.',
    ],
    ['Ольга всё расскажет. Какая у вас задача?', 'Ольга всё расскажет. Какая у вас задача?'],
    ['Могу предложить:\n[TIMES]\nЧто удобно?', 'Могу предложить:\n[TIMES]\nЧто удобно?'],
    ['До встречи: [MEETING]!', 'До встречи: [MEETING]!'],
  ] as const) {
    const found = check(reply)
    assert.deepEqual([found.problem, found.text], [null, text], reply)
  }
  assert.deepEqual(check('Стоит 1500 [#price], подключим за две недели [#terms].').cited, ['price', 'terms'])
})

test('a word that counts nothing, a time that is free and a question about theirs state nothing', () => {
  for (const reply of [
    'These times are free:\n[TIMES]\nWhich one suits you?',
    'Here is what is free:\n[TIMES]',
    'Are you free on that day? Feel free to say another.',
    'One question: what do you sell?',
    'I understand, no one wants to lose leads.',
    'Does one of the three work for you?',
    'One minute, I will look.',
    'Do you have a guarantee from your present supplier?',
    'Одну минуту, посмотрю.',
    'Один вопрос: что для вас важнее?',
    'Какой из двух вариантов удобнее?',
    'Вас интересует скидка или срок?',
    'Включите, пожалуйста, звук на встрече.',
    'Мы свободны в эти часы:\n[TIMES]',
  ])
    assert.equal(checkCitations(reply, [], '').problem, null, reply)
  for (const reply of [
    'Set-up takes two working days.',
    'We have ten offices.',
    'It goes three times faster.',
    'The first two weeks are free.',
    'Set-up is free.',
    'Did you know that we have a guarantee?',
    'Настроим за один рабочий день.',
    'Мы работаем в трёх городах.',
    'Знаете, что у нас есть гарантия?',
    'В цену включена поддержка.',
  ])
    assert.match(checkCitations(reply, [], '').problem ?? '', /without the item/, reply)
})

test('a number, a name or a promise that the named item does not say is refused; so is an id that is none', () => {
  for (const [reply, reason] of [
    ['Настройка стоит 1200 рублей [#price].', /"1200" does not stand in \[#price\]/],
    ['Настройка стоит 1500 руб [#terms].', /"1500" does not stand in \[#terms\]/],
    ['Подключим телефонию Билайн за две недели [#terms].', /"Билайн" does not stand/],
    ['Подключим за три недели [#terms].', /"3" does not stand/],
    ['Настройка бесплатная [#price].', /does not stand in \[#price\]/],
    ['The setup costs 1500 with a full refund [#price].', /does not stand/],
    ['Гарантия 24 месяца.', /without the item/],
    ['Скидка есть всегда.', /without the item/],
    ['У нас 340 клиентов.', /"340" is stated without the item/],
    ['Стоит 1500 [#prices].', /\[#prices\] is not the id/],
    ['Стоит 1500 [#price].\nВсего 99 рублей.', /"99"/],
  ] as const)
    assert.match(check(reply).problem ?? '', reason, reply)
})

async function turnFor(said: string) {
  await addLead(db, 1)
  await addInbound(db, 1, said)
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const turn = (await claimAll(db))[0]!
  const context = await turnContext(app, turn, (await findLead(db, 1))!, ['openai'])
  await db.query('update turns set seen_message_id = (select max(id) from messages) where id = $1', [turn.id])
  return { context, lease: { turnId: turn.id, fencing: turn.fencing } }
}
const question = proposal().classification!
const asked = (reply: string) => proposal({ reply }, { classification: { ...question, intent: 'question' } })

test('the turn has the items with their ids; the reply goes out without them, and the turn notes what it rests on', async () => {
  const { context, lease } = await turnFor('Сколько стоит настройка?')
  assert.match(
    context.brief.knowledge,
    /^\[#price\] Настройка стоит 1500 руб в месяц\.\n\[#price\] The setup/,
  )
  const wrong = await journalDecision(app, lease, asked('Настройка стоит 900 руб в месяц [#price].'))
  assert.equal(wrong.outcome, 'again')
  assert.match(JSON.stringify(wrong), /900/)
  const right = await journalDecision(app, lease, asked('Настройка стоит 1500 руб в месяц [#price].'))
  assert.deepEqual(right, { outcome: 'accepted' })
  await sendTurnMessage(app, lease)
  await updateCrmForTurn(app, lease)
  assert.deepEqual(await rowsOf(db, `select text from messages where direction = 'out'`), [
    { text: 'Настройка стоит 1500 руб в месяц.' },
  ])
  const [{ trace }] = (await rowsOf<{ trace: { knowledge: { hits: { id: string }[] }; cited: string[] } }>(
    db,
    'select trace from turns',
  )) as [{ trace: { knowledge: { hits: { id: string }[] }; cited: string[] } }]
  assert.equal(trace.knowledge.hits[0]?.id, 'price')
  const told = await explainTurn(db, lease.turnId)
  assert.deepEqual(told?.cited, ['price'])
  assert.deepEqual(told?.heard, ['Сколько стоит настройка?'])
  assert.equal(told?.knowledge?.asked, 'Сколько стоит настройка?')
  assert.match(told?.refused[0]?.problem ?? '', /900/)
  assert.deepEqual(
    [told?.calls, told?.executionId, told?.intent, told?.action],
    [[], null, 'question', 'talk'],
  )
  assert.deepEqual(told?.effects.map(({ channel }) => channel).toSorted(), ['amocrm', 'telegram'])
  await db.query(
    `with called as (insert into model_calls (turn_id, fencing, step, vendor, model, outcome, ms, input_tokens)
       select id, fencing, 'sales', 'openai', 'm', 'ok', 9, 5 from turns where id = $1)
     update turns set execution_id = '77' where id = $1`,
    [lease.turnId],
  )
  const metered = await explainTurn(db, lease.turnId)
  assert.deepEqual(
    [metered?.calls.map(({ model, input }) => [model, input]), metered?.executionId],
    [[['m', 5]], '77'],
  )
  assert.equal(await explainTurn(db, 999_999), undefined)
  assert.deepEqual(trace.cited, ['price'])
  assert.deepEqual(await openQuestions(db, 10), [])
})

test('what is not known becomes one task for a human; the answer is knowledge with one action, and may be said from then on', async () => {
  const { lease } = await turnFor('Вы работаете с Битриксом?')
  await journalDecision(app, lease, asked('Уточню у Ольги и вернусь с ответом.'))
  for (let round = 0; round < 2; round++) await updateCrmForTurn(app, lease)
  const tasks = await rowsOf<{ text: string }>(
    db,
    `select payload ->> 'text' as text from outbox where payload ->> 'kind' = 'task'`,
  )
  assert.equal(tasks.length, 1)
  assert.match(tasks[0]!.text, /Битриксом.*npm run knowledge -- answer \d+/)
  const [open] = await openQuestions(db, 10)
  assert.equal(open?.leadId, 1)
  const answer = {
    questionId: open!.id,
    title: '',
    text: 'С Битриксом работаем, перенос занимает 5 дней.',
    by: 'Ольга',
  }
  const id = await answerQuestion(db, answer)
  await assert.rejects(answerQuestion(db, answer), /is not open/)
  assert.deepEqual(await openQuestions(db, 10), [])
  assert.equal((await hits('а битрикс поддерживаете?'))[0], id)
  await saveItems(app)
  assert.equal((await hits('а битрикс поддерживаете?'))[0], id, 'what people answered outlives a start')
  await db.query('delete from turns where id <> $1', [lease.turnId])
  await db.query(`update turns set state = 'done', finished_at = now()`)
  await addInbound(db, 1, 'Так что с Битриксом?')
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const turn = (await claimAll(db))[0]!
  await db.query('update turns set seen_message_id = (select max(id) from messages) where id = $1', [turn.id])
  const said = asked(`С Битриксом работаем, перенос занимает 5 дней [#${id}].`)
  assert.deepEqual(await journalDecision(app, { turnId: turn.id, fencing: turn.fencing }, said), {
    outcome: 'accepted',
  })
})

test('items follow the files: what is gone is gone, what changed is changed', async () => {
  await saveItems({
    ...app,
    business: { ...app.business, knowledge: [{ id: 'price', title: '', text: 'Новая цена 1700.' }] },
  })
  assert.deepEqual(await rowsOf(db, 'select id, text from knowledge_items'), [
    { id: 'price', text: 'Новая цена 1700.' },
  ])
})
