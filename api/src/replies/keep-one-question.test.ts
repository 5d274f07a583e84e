import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepOneQuestion } from './keep-one-question.ts'

const same = [
  'Здравствуйте! Расскажите, пожалуйста, какую задачу хотите решить?',
  'Сколько заявок приходит в день? Десять или пятьдесят?',
  'Кто у вас отвечает на заявки? Вы сами?',
  'Почему так важна скорость? Потому что через час клиент уже у других. Созвонимся?',
  'Вам удобно утром? Или лучше вечером?',
  'Спасибо, понятно. Подключаем за две недели.',
  'Есть такое время:\n[TIMES]\nКакое подойдёт?',
  'Отлично, записываю: [MEETING]. До встречи!',
  'Правильно понимаю, что вас пятеро? Верно?',
  'How many leads a day? Ten or fifty?',
  'Who answers them now? You?',
  'Why does speed matter? Because an hour later they have gone elsewhere. Shall we talk?',
  'Sure. Which day suits you?',
  'Is it for one team? Or for several?',
  'А что сейчас?? :)',
]
const cut: [string, string][] = [
  ['Какая у вас CRM? Сколько менеджеров? Когда удобно созвониться?', 'Когда удобно созвониться?'],
  ['Понимаю. Какой у вас бюджет? И кто принимает решение?', 'Понимаю. И кто принимает решение?'],
  [
    'Здравствуйте, Олег! Как ваши дела? Пишу по вашей заявке. Что хотите улучшить?',
    'Здравствуйте, Олег! Пишу по вашей заявке. Что хотите улучшить?',
  ],
  ['What CRM do you use? How many people work with leads? Shall we have a call?', 'Shall we have a call?'],
  ['Got it. What is your budget? By when do you need it?', 'Got it. By when do you need it?'],
  ['Что важнее: скорость или цена?\nА сколько заявок в день?', 'А сколько заявок в день?'],
  ['Сколько заявок? Десять или сто? Кто отвечает?', 'Кто отвечает?'],
]

test('what asks one thing stays as it is, with its choices, tags and what it answers itself', () => {
  for (const text of same) assert.equal(keepOneQuestion(text), text)
})

test('of several questions the last is asked, and the statements stay', () => {
  for (const [text, wanted] of cut) assert.equal(keepOneQuestion(text), wanted)
})

test('a question with a place for times is never cut', () => {
  const text = 'Подойдёт ли что-то из этого: [TIMES]? А сколько вас будет человек?'
  assert.equal(keepOneQuestion(text), text)
})
