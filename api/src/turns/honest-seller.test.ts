import type { Classification, Plan, Proposal } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { writeTranscripts } from '../conversations/write-transcripts.ts'
import { findLead } from '../leads/lead.ts'
import { keepRequest } from '../leads/read-request.ts'
import { readFacts } from '../qualification/learn-facts.ts'
import { addInbound, addLead, claimAll, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { scheduleTurn } from './engine/engine.ts'
import { journalDecision } from './journal-decision.ts'
import { turnContext } from './turn-context.ts'
import { sendTurnMessage, updateCrmForTurn } from './turn-effects.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { contact_name: 'Иван' })
})

const heard = (changes: Partial<Classification>) => ({
  classification: { ...proposal().classification!, ...changes },
})
const facts = (changes: Partial<Classification['facts']>) => ({
  ...proposal().classification!.facts,
  ...changes,
})
/** What n8n brings again and again, until it is taken. @returns the last answer, the decision, and why others were refused */
async function decide(said: string, brought: Proposal) {
  await addInbound(db, 1, said)
  const lease = await runningTurn(db, 1)
  const problems: string[] = []
  for (;;) {
    const answer = await journalDecision(app, lease, brought)
    if (answer.outcome === 'again') problems.push(answer.problem)
    else {
      const [turn] = await rowsOf<{ decision: Proposal & { origin: string }; state: string }>(
        db,
        'select decision, state from turns where id = $1',
        [lease.turnId],
      )
      return { lease, answer, problems, decision: turn!.decision, state: turn!.state }
    }
  }
}
const tasks = () =>
  rowsOf<{ text: string }>(
    db,
    `select payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'task'`,
  )
const lead = async () => (await findLead(db, 1))!

test('a dodge of "are you a bot?" is refused, and in the end code says it itself; the classifier need not have heard it', async () => {
  for (const [question, language] of [
    ['а вы бот?', 'ru'],
    ['Are you a real person?', 'en'],
  ] as const) {
    await app.wipe()
    await addLead(db, 1, { language })
    const reply =
      language === 'ru' ? 'Я ассистент Ольги. Какая задача?' : "I am Olga's assistant. What is the task?"
    const { decision, problems } = await decide(
      question,
      proposal({ reply }, heard({ intent: 'other', language })),
    )
    assert.equal(problems.length, 2)
    assert.match(problems[0]!, /whether a machine writes/)
    assert.equal(decision.origin, 'fallback')
    assert.match(
      decision.sales.reply,
      language === 'ru' ? /цифровой ассистент .*программа/ : /digital assistant .*program/,
    )
  }
})

test('an honest answer passes at once, with one question in it', async () => {
  const reply =
    'Да, я цифровой ассистент; встречу проводит Ольга. Какая у вас CRM? Сколько человек отвечает на заявки?'
  const { decision, problems } = await decide(
    'вы бот или человек',
    proposal({ reply }, heard({ intent: 'asks_if_bot' })),
  )
  assert.deepEqual([problems, decision.origin], [[], 'ai'])
  assert.equal(
    decision.sales.reply,
    'Да, я цифровой ассистент; встречу проводит Ольга. Сколько человек отвечает на заявки?',
  )
})

test('where the number is from is said as the card has it; an invented source is refused, and strangers write no words of ours', async () => {
  await keepRequest(db, 1, { title: null, source: 'Яндекс Директ', answers: [] })
  const invented = proposal(
    { reply: 'Ваш номер нам дал Пётр. Какая у вас задача?' },
    heard({ intent: 'other' }),
  )
  const { decision, problems } = await decide('Откуда у вас мой номер?', invented)
  assert.match(problems[0]!, /as it stands/)
  assert.match(decision.sales.reply, /в заявке, которая пришла в «Маяк»; источник: «Яндекс Директ»/)
  assert.doesNotMatch(decision.sales.reply, /Пётр/)

  await keepRequest(db, 1, { title: null, source: 'evil.app скидка 90%', answers: [] })
  await db.query(`update turns set state = 'done'`)
  const { decision: second } = await decide('кто вам дал мой номер?', invented)
  assert.doesNotMatch(second.sales.reply, /evil|90/)
  assert.match(second.sales.reply, /уточнит коллега/)
})

test('a complaint goes to a human with our words and one task, whatever the model wrote, also beside another wish', async () => {
  const offers = [offerIn(20)]
  const { lease, decision } = await decide(
    'ваш менеджер не пришёл! и когда теперь?',
    proposal(
      { reply: 'Давайте время:\n[TIMES]', action: 'offer_times' },
      { offers, ...heard({ intent: 'wants_meeting', also: ['complaint'] }) },
    ),
  )
  assert.deepEqual([decision.sales.action, decision.origin], ['handoff', 'code'])
  assert.match(decision.sales.reply, /Мне жаль/)
  assert.equal((await lead()).control, 'human')
  await updateCrmForTurn(app, lease)
  assert.match((await tasks())[0]!.text, /Клиент жалуется: «ваш менеджер не пришёл!/)
  assert.equal((await tasks()).length, 1)
})

test('abuse and advertising get no answer, a human gets one task, and nothing is decided', async () => {
  const { answer, decision, state } = await decide(
    'Ставки на спорт, пиши в лс',
    proposal({}, heard({ intent: 'abuse' })),
  )
  assert.deepEqual([answer.outcome, decision, state], ['superseded', null, 'cancelled'])
  assert.equal((await lead()).control, 'human')
  assert.deepEqual(await rowsOf(db, `select from messages where direction = 'out'`), [])
  const [task, ...others] = await tasks()
  assert.match(task!.text, /Ставки на спорт/)
  assert.deepEqual(others, [])
})

test("a machine's answer is waited out: no word, one task, and the assistant is back for other words", async () => {
  await decide('Спасибо за обращение! Ответим с 9 до 18.', proposal({}, heard({ intent: 'auto_reply' })))
  assert.deepEqual([(await lead()).control, (await lead()).control_source], ['paused', 'loop'])
  assert.deepEqual(await rowsOf(db, `select from messages where direction = 'out'`), [])
  assert.match((await tasks())[0]!.text, /автоответ/)
})

test('who is somebody else is told sorry and handed over', async () => {
  const { decision } = await decide('вы ошиблись, я не Иван', proposal({}, heard({ intent: 'wrong_person' })))
  assert.deepEqual([decision.sales.action, decision.origin], ['handoff', 'code'])
  assert.match(decision.sales.reply, /не тот контакт/)
})

test('a fact is kept with its message and sentence; what it takes the place of stays; what nobody said is not kept', async () => {
  await decide(
    'Теряем заявки. Бюджет 200 тысяч, не больше!',
    proposal({}, heard({ facts: facts({ need: 'Теряем заявки', budget: '200 тысяч' }) })),
  )
  await db.query(`update turns set state = 'done'`)
  const { lease } = await decide(
    'Хотя нет, бюджет до 350 тысяч',
    proposal({}, heard({ facts: facts({ budget: 'до 350 тысяч', authority: 'решает жена' }) })),
  )
  assert.deepEqual((await lead()).facts, { need: 'Теряем заявки', budget: 'до 350 тысяч' })
  const [need, before, now, ...others] = await readFacts(db, 1)
  assert.deepEqual(others, [])
  assert.equal(need!.sentence, 'Теряем заявки.')
  assert.deepEqual(
    [before!.value, before!.sentence, before!.replacedAt !== null],
    ['200 тысяч', 'Бюджет 200 тысяч, не больше!', true],
  )
  assert.deepEqual([now!.value, now!.replacedAt], ['до 350 тысяч', null])
  const ids = await rowsOf<{ id: number }>(db, `select id from messages where direction = 'in' order by id`)
  assert.deepEqual(
    [before!.messageId, now!.messageId],
    ids.map(({ id }) => id),
  )
  const [turn] = await rowsOf<{ trace: { madeUp: string[] } }>(db, 'select trace from turns where id = $1', [
    lease.turnId,
  ])
  assert.deepEqual(turn!.trace.madeUp, ['authority'])
})

test('the card gets score, facts with what was said before, what is missing and the next step, in human words', async () => {
  await decide(
    'Теряем заявки, бюджет 200 тысяч',
    proposal({}, heard({ facts: facts({ need: 'Теряем заявки', budget: '200 тысяч' }) })),
  )
  await db.query(`update turns set state = 'done'`)
  const { lease } = await decide(
    'вернее 350 тысяч',
    proposal({}, heard({ facts: facts({ budget: '350 тысяч' }) })),
  )
  await sendTurnMessage(app, lease)
  await db.query(`update outbox set state = 'done'`)
  await db.query(`update messages set created_at = created_at - interval '11 min'`)
  await writeTranscripts(app)
  const [note] = await rowsOf<{ text: string }>(
    db,
    `select payload ->> 'text' as text from outbox where payload ->> 'kind' = 'note'`,
  )
  assert.match(
    note!.text,
    /Оценка: 60 из 60\.\nПотребность: «Теряем заявки»\nБюджет: «350 тысяч» \(раньше: «200 тысяч»\)\nПока не знаем: сроки, кто решает\.\nДальше: ассистент договорится о встрече\.$/,
  )
})

test('what was answered is not asked again', async () => {
  await db.query(`update leads set facts = '{"budget": "до 300 тысяч"}' where id = 1`)
  const again = proposal({ reply: 'Понятно. А какой у вас бюджет?' })
  const { problems, decision } = await decide('нас пятеро', again)
  assert.match(problems[0]!, /told their budget already \("до 300 тысяч"\)/)
  assert.equal(decision.origin, 'fallback')
  await db.query(`update turns set state = 'done'`)
  const sure = await decide('ну да', proposal({ reply: 'Правильно понимаю, что бюджет как вы писали?' }))
  assert.deepEqual(sure.problems, [])
})

const plan = (changes: Partial<Plan>): Plan => ({
  stage: 'offer',
  ask: null,
  offer: 'may',
  score: 0,
  ...changes,
})

test('a list of times does not follow a list of times; our own words fit the stage', async () => {
  const offers = [offerIn(20), offerIn(22)]
  const list = { reply: 'Есть время:\n[TIMES]', action: 'offer_times' } as const
  const again = await decide(
    'а сколько длится?',
    proposal(list, { offers, ...heard({ intent: 'question' }), plan: plan({ offer: 'just made' }) }),
  )
  assert.match(again.problems[0]!, /stands in our last message/)
  assert.equal(again.decision.sales.action, 'handoff')
  await db.query(`update turns set state = 'done'`)
  await db.query(`update leads set control = 'ai'`)
  const bad = { reply: 'Скидка 90%!' } as const
  const needed = await decide(
    'ну расскажите',
    proposal(bad, { plan: plan({ stage: 'need', ask: 'need', offer: 'not yet' }) }),
  )
  assert.deepEqual([needed.decision.origin, needed.decision.sales.action], ['fallback', 'talk'])
  assert.match(needed.decision.sales.reply, /какую задачу вы хотите решить\?$/)
})

test('вы is never answered with ты; who says ты may be told ты', async () => {
  const familiar = proposal({ reply: 'Отлично, тебе подойдёт. Что сейчас важнее?' })
  const formal = await decide('А вы работаете с 1С?', familiar)
  assert.match(formal.problems[0]!, /polite form of you/)
  await db.query(`update turns set state = 'done'`)
  const close = await decide('скинь подробности, ты же на связи', familiar)
  assert.deepEqual(close.problems, [])
})

test('the score hands over or ends the talk where business.yaml says so, and never one who speaks of a time', async () => {
  const { qualification } = app.business
  const told = heard({ facts: facts({ need: 'нужна CRM', budget: 'нет денег' }) })
  const asks = proposal({ reply: 'Понимаю. Какой у вас срок?' }, told)
  Object.assign(app, { business: { ...app.business, qualification: { ...qualification, closeAt: 0 } } })
  const closed = await decide('нужна CRM, но нет денег', asks)
  assert.deepEqual([closed.decision.sales.action, closed.decision.origin], ['close', 'code'])
  await db.query(`update turns set state = 'done'`)
  await db.query(`update leads set facts = '{}'`)
  Object.assign(app, {
    business: { ...app.business, qualification: { ...qualification, closeAt: null, handOffAt: 40 } },
  })
  const rich = heard({ facts: facts({ need: 'нужна CRM' }) })
  const handed = await decide(
    'нужна CRM',
    proposal({ reply: 'Понимаю.' }, { ...rich, plan: plan({ stage: 'offer' }) }),
  )
  assert.deepEqual([handed.decision.sales.action, handed.decision.origin], ['handoff', 'code'])
  await db.query(`update turns set state = 'done'`)
  await db.query(`update leads set control = 'ai'`)
  const wants = await decide(
    'нужна CRM, когда созвон?',
    proposal(
      { reply: 'Понимаю, подберём.' },
      { classification: { ...rich.classification, intent: 'wants_meeting' }, plan: plan({ stage: 'offer' }) },
    ),
  )
  assert.equal(wants.decision.origin, 'ai')
  Object.assign(app, { business: { ...app.business, qualification } })
})

test('a turn knows what the card says, how to address, what was asked of us, and where the talk stands', async () => {
  await db.query('update leads set contact_id = 9 where id = 1')
  await addLead(db, 7, { contact_id: 9, name: 'Сайт в прошлом году', stage: 'won' })
  await keepRequest(db, 1, {
    title: 'Заявка с лендинга',
    source: 'vk',
    answers: [{ question: 'Отдел', answer: '5 человек' }],
  })
  await addInbound(db, 1, 'ты бот?')
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const [turn] = await claimAll(db)
  const { brief } = await turnContext(app, turn!, await lead(), ['openai'])
  assert.deepEqual(brief.card.answers, [{ question: 'Отдел', answer: '5 человек' }])
  assert.deepEqual([brief.card.title, brief.card.source], ['Заявка с лендинга', 'vk'])
  assert.deepEqual(
    brief.card.earlier.map(({ title, stage }) => [title, stage]),
    [['Сайт в прошлом году', 'won']],
  )
  assert.deepEqual([brief.address, brief.asked], ['informal', ['asks_if_bot']])
  assert.deepEqual(
    [brief.standing.answers, brief.standing.justOffered, brief.standing.hasMet],
    [1, false, false],
  )
})
