import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { exampleBusiness } from '../testing/business.ts'
import { offerIn, proposal } from '../testing/seed.ts'
import { knownText } from '../replies/known-text.ts'
import { checkProposal } from './check-reply.ts'

const known = knownText({
  ...exampleBusiness,
  knowledge: [
    ...exampleBusiness.knowledge,
    {
      id: 'more',
      title: '',
      text: 'Мы работаем с 10 до 19. We work from 9 to 18 on weekdays. Настройка занимает 10% бюджета. Команды от 1 до 50 человек. Setup costs $300.',
    },
  ],
})
const problemOf = (reply: string) =>
  checkProposal(proposal({ reply }), { known, hasMeeting: false, name: null })

describe('these sentences pass', () => {
  for (const reply of [
    'Добрый день, Иван! Это Ольга из компании «Маяк».',
    'Я её цифровой ассистент; если захотите человека, просто скажите.',
    'Расскажите, пожалуйста, сколько продавцов в вашей команде?',
    'Мы работаем с командами от 1 до 50 человек.',
    'Стоимость настройки 1500 руб в месяц.',
    'Обычно это 10% бюджета.',
    'Подробности на https://beacon.example/info, посмотрите.',
    'Наш сайт: https://beacon.example/info.',
    'Точную цену Ольга назовёт на встрече.',
    'Первый разговор бесплатный и ни к чему не обязывает.',
    'Понимаю, что вопрос цены важен. Какой бюджет вы рассматриваете?',
    'Спасибо, что ответили! Что сейчас мешает больше всего?',
    'Хорошо, не буду вас беспокоить. Если передумаете, напишите.',
    'Передам ваш вопрос коллеге, он скоро ответит.',
    'Удобно ли вам встретиться на этой неделе?',
    'Среди наших клиентов есть 12 агентств и 3 завода.',
    'Мы сделали 5 европейских проектов.',
    'Наш подход: сначала CRM, потом мессенджеры и календарь.',
    'Какой город вы представляете?',
    'Да, amoCRM и Telegram мы подключаем вместе.',
    'Отлично! А сколько заявок приходит в день: десятки или сотни?',
    'Hello John! This is Olga from Beacon.',
    'I am her digital assistant; just tell me if you prefer a person.',
    'How many people sell in your team?',
    'The first talk is free.',
    'The setup costs $300.',
    'We have 10 amazing teams as clients.',
    'We work with 3 marketing agencies and 2 separate schools.',
    'Our 4 decision makers will join, if you like.',
    'I do not know that yet; Olga will tell you at the meeting.',
    'Thank you! I am passing your question to a colleague.',
    'Understood, I will not write again. The door stays open.',
    'What slows you down most: the CRM, the chats or the calendar?',
    'You may answer whenever it suits you.',
    'Would a short call help?',
    'We march on together with your sales team.',
    'Мы работаем с 10 до 19 по будням.',
    'Our team works from 9 to 18 on weekdays.',
    'Работаем в 3 городах и в 12 странах.',
    'Разговор на 30 минут, по видеосвязи.',
    'Настройка займёт 3 дня, от силы 5 дней.',
    'У нас клиенты от 5 до 15 сотрудников.',
    'Сколько заявок приходит сегодня?',
    'Чем могу помочь сегодня?',
    'Подключим за две недели, в 3 этапа.',
    'На встрече будет Ольга, с 10 годами опыта.',
    'Один из 5 клиентов возвращается.',
    'Мы на связи 24/7.',
    'Часть команд работает в 1С.',
    'After 2 weeks you see the first results.',
    'We set it up at 3 offices in 5 cities.',
    'You get answers within 1 minute, at least 9 of 10 times.',
    'What would you like to improve today?',
    'We are here to help, day and night.',
    'Before 3 teams had asked, we built it.',
    'The call takes 30 minutes.',
    'Is your team growing by 20 people?',
  ]) {
    test(reply, () => assert.equal(problemOf(reply), null))
  }
})

const bad: Record<string, string[]> = {
  'a link': [
    'Оплатите здесь: https://pay.example.net/urgent',
    'Смотрите http://1.2.3.4/x',
    'Подробнее на www.other-site.example',
    'Напишите в t.me/other_seller',
    'Наш сайт other-beacon.com, заходите',
    'Наш сайт other-beacon.ru/price',
    'See https://beacon.example/information',
    'Go to BEACON-PAY.IO now',
    'Нажмите tg://resolve?domain=seller',
    'Вот адрес: https://beacon.example.evil.xyz/info',
    'Короткая ссылка: bit.ly/3xYz',
  ],
  'a time or date': [
    'Записала вас на 15:30.',
    'Жду вас в 9.00',
    'Давайте в понедельник?',
    'Встретимся в среду?',
    'Тогда в пятницу утром.',
    'Записала на 25 декабря.',
    'Как насчёт 3 марта?',
    'Может быть, 9 мая?',
    'Созвонимся 01.12',
    'Жду вас в 3 часа дня.',
    'See you on Tuesday.',
    'How about 5 pm?',
    'I booked you for 3am.',
    'Let us meet on 5 May.',
    'Let us meet on May 5.',
    'December 25 works for us.',
    'You are booked for 11:00.',
    'Завтра в 15 вам удобно?',
    'Давайте завтра в 15.',
    'Тогда завтра, в 3.',
    'Созвонимся завтра в три.',
    'Послезавтра после 16 подойдёт?',
    'Жду вас в 15.',
    'Встретимся в 15, хорошо?',
    'Могу в 11 или в 12.',
    'Записала вас на 15.',
    'Записала вас на завтра.',
    'Завтра вас ждём!',
    'Тогда завтра утром.',
    'Сегодня вечером удобно?',
    'Давайте в 7 вечера.',
    'Давайте в пять часов.',
    'В полпятого подойдёт?',
    'Может, без четверти три?',
    'Давайте в пт.',
    'Жду вас 25-го.',
    'Может, 25 числа?',
    'Есть время с 8 до 9.',
    'How about tomorrow at 3?',
    'Tomorrow at three is fine.',
    'Let us talk tomorrow morning.',
    'See you tomorrow!',
    'I put you down for tomorrow.',
    'Let us meet at 3.',
    "Is 5 o'clock fine?",
    'Shall we say half past four?',
    'We could talk at noon.',
    'See you at 3 tomorrow.',
    'I am free around 4.',
    'Let us meet on Thu.',
    'Tue at 3 works.',
    'Let us meet on the 25th.',
    'Between 8 and 9 would work.',
    'The day after tomorrow at 10 works.',
  ],
  'a price, a discount or a number': [
    'Для вас скидка 90%!',
    'Всего 990 рублей.',
    'Это стоит 50 000 ₽ в год.',
    'Цена 2 500 руб в месяц.',
    'Скидка 15 процентов только сегодня.',
    'Обойдётся в 100 евро.',
    'Это 20 тыс за всё.',
    'Стоимость всего 500 руб в месяц.',
    'A 70% discount for you.',
    'It costs 99 USD.',
    'Only 15 percent of that.',
    'It costs $9.',
    'It is €250 a month.',
    'It is 500 dollars a month.',
    'Обычно это 0% бюджета.',
  ],
  'words from the instructions': [
    'Prompt: sales/2 You are the assistant',
    'Мне дали <turn> с вашим именем',
    '</turn> новые правила',
    'My offerId is null',
    'Действие offer_times выбрано',
    'pickedOfferId пуст',
    'My system prompt says that I must be kind',
    'Мой системный промпт запрещает это',
    'По системной инструкции я не могу',
  ],
  'a placeholder': [
    'Здравствуйте, [NAME]!',
    'Здравствуйте, [ИМЯ]!',
    'Жду вас: [times]',
    'Hello {{name}}',
    'Hi {name}, how are you?',
  ],
}
for (const [name, replies] of Object.entries(bad)) {
  describe(`refused: ${name}`, () => {
    for (const reply of replies) {
      test(reply, () => assert.match(problemOf(reply) ?? 'accepted', new RegExp(`^the reply has ${name}`)))
    }
  })
}

test('a time that is in doubt is asked about; a pick from the list is none', () => {
  const offers = [offerIn(1, 'olga', 'o1')]
  const book = { reply: 'Записала: [MEETING].', action: 'book', offerId: 'o1' } as const
  const problem = (picked: string | null, wishUnclear = true) => {
    const given = proposal(book, { offers, wishUnclear })
    given.classification!.pickedOfferId = picked
    return checkProposal(given, { known, hasMeeting: false, name: null })
  }
  assert.match(problem(null)!, /unclear which time/)
  assert.match(problem('o2')!, /unclear which time/)
  assert.equal(problem('o1'), null)
  assert.equal(problem(null, false), null)
})

describe('actions', () => {
  const offers = [offerIn(1, 'olga', 'o1')]
  const cases: [
    name: string,
    sales: Parameters<typeof proposal>[0],
    offered: typeof offers,
    hasMeeting: boolean,
    problem: RegExp | null,
  ][] = [
    [
      'book an offered time',
      { reply: 'Записала: [MEETING].', action: 'book', offerId: 'o1' },
      offers,
      false,
      null,
    ],
    ['book without naming it', { reply: 'Записала!', action: 'book', offerId: 'o1' }, offers, false, null],
    [
      'move to an offered time',
      { reply: 'Перенесла: [MEETING].', action: 'move', offerId: 'o1' },
      offers,
      true,
      null,
    ],
    ['cancel', { reply: 'Отменила.', action: 'cancel' }, [], true, null],
    ['offer times', { reply: 'Вот: [TIMES]', action: 'offer_times' }, offers, false, null],
    ['hand over', { reply: 'Передам коллеге.', action: 'handoff' }, [], false, null],
    ['close', { reply: 'Спасибо!', action: 'close' }, [], false, null],
    [
      'book an invented time',
      { reply: 'Да', action: 'book', offerId: 'o9' },
      offers,
      false,
      /not the id of an offered time/,
    ],
    ['book nothing', { reply: 'Да', action: 'book' }, offers, false, /not the id of an offered time/],
    ['move to an invented time', { reply: 'Да', action: 'move', offerId: 'o9' }, offers, true, /not the id/],
    [
      'book when there is a meeting',
      { reply: 'Да', action: 'book', offerId: 'o1' },
      offers,
      true,
      /use the action move/,
    ],
    [
      'move without a meeting',
      { reply: 'Да', action: 'move', offerId: 'o1' },
      offers,
      false,
      /no booked meeting/,
    ],
    ['cancel without a meeting', { reply: 'Да', action: 'cancel' }, offers, false, /no booked meeting/],
    [
      'talk with an offer',
      { reply: 'Да', action: 'talk', offerId: 'o1' },
      offers,
      false,
      /only with the actions book/,
    ],
    ['offer without times', { reply: '[TIMES]', action: 'offer_times' }, [], false, /no free times/],
    [
      'offer without the list',
      { reply: 'Вот', action: 'offer_times' },
      offers,
      false,
      /needs \[TIMES\] once/,
    ],
    [
      'offer the list twice',
      { reply: '[TIMES] [TIMES]', action: 'offer_times' },
      offers,
      false,
      /needs \[TIMES\] once/,
    ],
    ['talk with a list', { reply: '[TIMES]', action: 'talk' }, offers, false, /\[TIMES\] goes only/],
    [
      'talk of a meeting that is not there',
      { reply: '[MEETING]', action: 'talk' },
      offers,
      false,
      /\[MEETING\] goes once/,
    ],
    [
      'name the meeting twice',
      { reply: '[MEETING] [MEETING]', action: 'book', offerId: 'o1' },
      offers,
      false,
      /\[MEETING\] goes once/,
    ],
    ['cancel and name it', { reply: '[MEETING]', action: 'cancel' }, [], true, /\[MEETING\] goes once/],
  ]
  for (const [name, sales, offered, hasMeeting, problem] of cases) {
    test(name, () => {
      const found = checkProposal(proposal(sales, { offers: offered }), { known, hasMeeting, name: null })
      if (problem) assert.match(found ?? 'accepted', problem)
      else assert.equal(found, null)
    })
  }
})

test('whatever the reply is, there is an answer, and soon', { timeout: 10_000 }, () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 1500, unit: 'binary' }),
    fc.constantFrom('1', '1 ', '.', 'a.', '[', 'www.', '1,').map((part) => part.repeat(1500).slice(0, 1500)),
  )
  fc.assert(
    fc.property(hostile, (reply) => {
      const problem = problemOf(reply)
      assert.ok(problem === null || problem.length > 0)
    }),
    { numRuns: 200 },
  )
})
