import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hearPick, type PickHeard } from './hear-pick.ts'

const bare = (place: number): PickHeard => ({ place, named: false })
const named = (place: number | 'last'): PickHeard => ({ place, named: true })

const cases: [said: string[], heard: PickHeard | null][] = [
  [['👍', '👍🏽', '👌', '✅', '+', '++', '+1', 'ок', 'Ок!', 'окей, спасибо', 'да', 'Да, подходит', 'ага', 'угу', 'давайте', 'хорошо, договорились', 'норм', 'плюс'], 'yes'],
  [['ok', 'OK 👍', 'okay thanks', 'yes please', 'works for me', 'that works', 'sounds good', 'sure', 'perfect, thank you', 'deal', 'Great!', 'kk'], 'yes'],
  [['❤️', '🔥', '🙏', '🎉🎉', '😊'], 'warm'],
  [['1', '1️⃣', '1.', '1)', ' 1 '], bare(1)],
  [['2️⃣', '2', '2 пожалуйста', 'давайте 2', '2 👍', '2, thanks'], bare(2)],
  [['3️⃣', 'ну 3'], bare(3)],
  [['первый', 'Первый вариант', 'давайте первое', '1-й', 'вариант 1', '№1', 'the first one', '1st', 'option 1', 'option one', 'i’ll take the first', 'беру первый', 'первый вариант норм', 'Option A'], named(1)],
  [['второй', 'ок второй вариант', 'давайте второе время', '2-й вариант', 'вариант два', 'second', 'the second one please', '#2', 'number 2', 'Option 2 works', 'мне удобнее второй'], named(2)],
  [['третий пойдет', 'вариант 3', 'third one', '3rd option'], named(3)],
  [['последний', 'давайте последний вариант', 'the last one'], named('last')],
  [
    [
      'первый или второй',
      'второй?',
      'ок?',
      'не второй',
      'нет',
      'только не первый',
      'первый раз слышу',
      'в 2',
      '2 человека',
      'нас 2',
      'второй вариант не подходит',
      'давайте в пятницу',
      'да, но не в четверг',
      'ок, а сколько стоит',
      'ok but later',
      'first tell me the price',
      'the second week',
      'подумаю',
      'хочу',
      'время',
      '👎',
      '🤔',
      '😢',
      '',
      '…',
      '15',
      '10:00',
      'да, я Иван',
      'one moment',
      'yes I left a request',
      'good morning',
    ],
    null,
  ],
]

for (const [said, heard] of cases)
  test(`means ${JSON.stringify(heard)}: ${said.slice(0, 3).join(' | ')} and ${said.length - 3} more`, () => {
    for (const text of said) assert.deepEqual(hearPick(text), heard, text)
  })
