import assert from 'node:assert/strict'
import test from 'node:test'
import { turnSchema } from '../brain/turn.ts'
import { type Intent, classify } from './classify.ts'

type Case = [said: string | string[], intent: Intent, quotes?: string[], picked?: string]

const now = {
  iso: '2026-11-23T09:00:00Z',
  text: 'Monday, 23 November 2026, 12:00',
  timeZone: 'Europe/Moscow',
}
const ru = [
  { id: 'a', label: 'вт, 24 ноября, 11:00' },
  { id: 'b', label: 'чт, 26 ноября, 15:00' },
  { id: 'c', label: 'пт, 27 ноября, 16:30' },
]
const en = [
  { id: 'a', label: 'Tue, Nov 24, 11:00 AM' },
  { id: 'b', label: 'Thu, Nov 26, 3:00 PM' },
  { id: 'c', label: 'Fri, Nov 27, 4:30 PM' },
]

function check(cases: Case[], more: Record<string, unknown> = {}) {
  for (const [said, intent, quotes = [], picked = null] of cases) {
    const messages = [said].flat()
    test(`${messages.join(' | ')} -> ${intent}`, () => {
      const turn = turnSchema.parse({ now, newMessages: messages.map((text) => ({ text })), ...more })
      const answer = classify(turn)
      assert.deepEqual(
        { intent: answer.intent, quotes: answer.timeQuotes, picked: answer.pickedOfferId },
        { intent, quotes, picked },
      )
    })
  }
}

test.describe('without offers and meeting', () => {
  check([
    ['Не пишите мне больше', 'opt_out'],
    ['стоп', 'opt_out'],
    ['Напишите мне в среду, сейчас занята', 'snooze', ['в среду']],
    ['Давайте через неделю', 'snooze', ['через неделю']],
    ['write me on Monday please', 'snooze', ['on Monday']],
    ['text me next week', 'snooze', ['next week']],
    ['Отстаньте уже!', 'opt_out'],
    ['Удалите мой номер', 'opt_out'],
    ['Stop', 'opt_out'],
    ['please unsubscribe me', 'opt_out'],
    ['Don’t text me again', 'opt_out'],
    ['Leave me alone, I am not interested', 'opt_out'],
    [['Сколько стоит?', 'хотя нет, не пишите больше'], 'opt_out'],
    ['Соедините меня с живым человеком', 'wants_human'],
    ['Позовите менеджера', 'wants_human'],
    ['Перезвоните мне, пожалуйста', 'wants_human'],
    ['Can I talk to a real person?', 'wants_human'],
    ['connect me with your manager', 'wants_human'],
    ['Наш менеджер пропускает заявки', 'interested'],
    ['Давайте созвонимся', 'wants_meeting'],
    ['Давайте созвонимся завтра в 11', 'wants_meeting', ['завтра в 11']],
    ['Мне удобно в чт после обеда', 'wants_meeting', ['в чт после обеда']],
    ['Только не раньше четверга', 'wants_meeting', ['не раньше четверга']],
    ['Лучше вечером', 'wants_meeting', ['вечером']],
    ['А когда можно встретиться?', 'wants_meeting'],
    ['Можно на следующей неделе?', 'wants_meeting', ['на следующей неделе']],
    [
      ['Интересно.', 'Завтра в 15:00 или в пятницу после 16'],
      'wants_meeting',
      ['Завтра в 15:00 или в пятницу после 16'],
    ],
    ['25 ноября в 14:00 сможете?', 'wants_meeting', ['25 ноября в 14:00']],
    ['Let’s have a call', 'wants_meeting'],
    ['Can we do Thursday at 3pm?', 'wants_meeting', ['Thursday at 3pm']],
    ['not before Thursday please', 'wants_meeting', ['not before Thursday']],
    ['sometime next week would be great', 'wants_meeting', ['sometime next week']],
    ['any time after 2 on Wednesday', 'wants_meeting', ['any time after 2 on Wednesday']],
    ['When are you free?', 'wants_meeting'],
    ['Нет, спасибо', 'not_interested'],
    ['Уже не актуально', 'not_interested'],
    ['Нам это не нужно', 'not_interested'],
    ['Уже выбрали другую компанию', 'not_interested'],
    ['no thanks', 'not_interested'],
    ['We are not interested', 'not_interested'],
    ['We already bought something else', 'not_interested'],
    ['Дорого', 'objection'],
    ['Мне надо подумать', 'objection'],
    ['Сейчас нет времени этим заниматься', 'objection'],
    ['Мы уже пробовали, не помогло', 'objection'],
    ['Sounds too expensive', 'objection'],
    ['I need to think about it', 'objection'],
    ['not sure we need it', 'objection'],
    ['Сколько стоит?', 'question'],
    ['Как это работает', 'question'],
    ['А с Битриксом умеете?', 'question'],
    ['How much does it cost?', 'question'],
    ['Do you work with HubSpot', 'question'],
    ['Здравствуйте! Есть ли у вас интеграция с почтой?', 'question'],
    ['Мы теряем заявки вечером и в выходные', 'interested'],
    ['У нас 20 сотрудников и офис на 5 этаже', 'interested'],
    ['Хотим запустить до нового года, бюджет 150 тысяч рублей', 'interested'],
    ['We lose leads on weekends', 'interested'],
    ['we get 40 leads a day from 3 channels', 'interested'],
    ['Да, интересно', 'interested'],
    ['Привет', 'greeting'],
    ['Добрый день!', 'greeting'],
    ['Hi there', 'greeting'],
    ['...', 'other'],
    ['👍', 'other'],
  ])
})

test.describe('with offers', () => {
  check(
    [
      ['Давайте второй вариант', 'picks_time', [], 'b'],
      ['первое', 'picks_time', [], 'a'],
      ['последний', 'picks_time', [], 'c'],
      ['2', 'picks_time', [], 'b'],
      ['давайте в четверг в 15:00', 'picks_time', ['в четверг в 15:00'], 'b'],
      ['15:00 подходит', 'picks_time', ['15:00'], 'b'],
      ['в 3 удобно', 'picks_time', ['в 3'], 'b'],
      ['завтра', 'picks_time', ['завтра'], 'a'],
      ['27-го', 'picks_time', ['27-го'], 'c'],
      ['В четверг не могу, давайте в пятницу', 'picks_time', ['В четверг', 'в пятницу'], 'c'],
      ['в четверг в 18:00', 'counter_offer', ['в четверг в 18:00']],
      ['в четверг после 15', 'counter_offer', ['в четверг после 15']],
      ['да, подходит', 'wants_meeting'],
      ['ни один не подходит', 'interested'],
    ],
    { offers: ru },
  )
  check(
    [
      ['the second one', 'picks_time', [], 'b'],
      ['Thursday works', 'picks_time', ['Thursday'], 'b'],
      ['tomorrow at 11 is fine', 'picks_time', ['tomorrow at 11'], 'a'],
      ['4:30pm please', 'picks_time', ['4:30pm'], 'c'],
      ['can you give me a second?', 'question'],
      ['Thursday does not work', 'counter_offer', ['Thursday']],
    ],
    { offers: en },
  )
  check(
    [
      ['да, подходит', 'picks_time', [], 'b'],
      ['Ок', 'picks_time', [], 'b'],
    ],
    { offers: [ru[1]] },
  )
  check([['Sounds good, thank you', 'picks_time', [], 'b']], { offers: [en[1]] })
})

test.describe('with a booked meeting', () => {
  check(
    [
      ['Давайте перенесём', 'reschedule'],
      ['Не смогу в четверг, можно в пятницу в 12:00?', 'reschedule', ['в четверг', 'в пятницу в 12:00']],
      ['а можно в 16:00?', 'reschedule', ['в 16:00']],
      ['Can we reschedule to Friday?', 'reschedule', ['Friday']],
      ['I can’t make it', 'reschedule'],
      ['Отмените встречу', 'cancel'],
      ['Please cancel the meeting', 'cancel'],
      ['Да, в четверг в 15:00 буду', 'interested', ['в четверг в 15:00']],
      ['А что подготовить?', 'question'],
    ],
    { meeting: { label: 'чт, 26 ноября, 15:00' } },
  )
})

test.describe('with a booked meeting and our question which day suits', () => {
  const history = [{ from: 'assistant', text: 'Конечно, перенесём. Какой день и час вам удобнее?' }]
  check(
    [
      ['Какое время свободно?', 'reschedule'],
      ['А сколько это стоит?', 'question'],
    ],
    { meeting: { label: 'чт, 26 ноября, 15:00' }, history },
  )
})

test('a bare yes or no is read in the light of our last question', () => {
  const intentOf = (asked: string, said: string) =>
    classify(
      turnSchema.parse({ now, history: [{ from: 'assistant', text: asked }], newMessages: [{ text: said }] }),
    ).intent
  assert.equal(intentOf('Хотите обсудить это на короткой встрече?', 'да'), 'wants_meeting')
  assert.equal(intentOf('Есть ли у вас CRM?', 'да'), 'interested')
  assert.equal(intentOf('Есть ли у вас CRM?', 'нет'), 'interested')
  assert.equal(intentOf('Would a short call be convenient?', 'no'), 'objection')
})

test('facts are the words of the lead', () => {
  const turn = turnSchema.parse({
    now,
    newMessages: [
      { text: 'Мы теряем заявки из Telegram, нужен порядок. Бюджет до 200 тысяч рублей' },
      { text: 'Хотим до нового года. Решение принимает директор. Почта ivan@firma.ru' },
    ],
  })
  assert.deepEqual(classify(turn).facts, {
    need: 'Мы теряем заявки из Telegram, нужен порядок.',
    budget: 'Бюджет до 200 тысяч рублей',
    timeline: 'до нового года',
    authority: 'Решение принимает директор.',
    email: 'ivan@firma.ru',
  })
  const english = turnSchema.parse({
    now,
    newMessages: [
      {
        text: 'We are losing leads from ads. Budget is about $5,000, this quarter. I am the owner, a.b@x.co',
      },
    ],
  })
  assert.deepEqual(classify(english).facts, {
    need: 'We are losing leads from ads.',
    budget: 'Budget is about $5,000',
    timeline: 'this quarter',
    authority: 'I am the owner, a.b@x.co',
    email: 'a.b@x.co',
  })
  assert.deepEqual(
    classify(turnSchema.parse({ now, newMessages: [{ text: 'Давайте завтра в 11' }] })).facts,
    {
      need: null,
      budget: null,
      timeline: null,
      authority: null,
      email: null,
    },
  )
})

test('language follows the new messages, and the turn when they have no letters', () => {
  const languageOf = (text: string) =>
    classify(turnSchema.parse({ now, language: 'en', newMessages: [{ text }] })).language
  assert.equal(languageOf('Здравствуйте, ok'), 'ru')
  assert.equal(languageOf('hello'), 'en')
  assert.equal(languageOf('15:00'), 'en')
})
