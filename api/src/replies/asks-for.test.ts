import type { FactName } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, texts } from '../../../texts/index.ts'
import { asksFor } from './asks-for.ts'

const asks: [FactName, string][] = [
  ['need', 'Подскажите, какую задачу хотите решить в первую очередь?'],
  ['need', 'What would you like to solve first?'],
  ['need', 'С чем в первую очередь нужна помощь?'],
  ['budget', 'А какой у вас бюджет?'],
  ['budget', 'На какой примерно бюджет рассчитываете?'],
  ['budget', "What's your budget?"],
  ['budget', 'How much are you willing to spend on it?'],
  ['timeline', 'К какому сроку нужен результат?'],
  ['timeline', 'Когда планируете запустить?'],
  ['timeline', 'When would you like to start?'],
  ['timeline', 'What is your timeline?'],
  ['authority', 'Кто у вас принимает решение?'],
  ['authority', 'Who makes the decision?'],
  ['email', 'На какую почту отправить приглашение?'],
  ['email', 'What is your e-mail?'],
]
const none = [
  'Правильно понимаю, что бюджет до 300 тысяч?',
  'Бюджет понятен, спасибо. Созвонимся?',
  'Сколько заявок приходит в день?',
  'Когда вам удобно созвониться?',
  'Кто будет на встрече?',
  'Какое время выбрать?',
  'Расскажу, какие задачи мы решаем.',
  'So your budget is around ten thousand, right?',
  'When suits you for a call?',
  'Who answers your leads now?',
  'Does the deadline of June still stand?',
]

test('what a reply asks for, and nothing where it only makes sure or asks something else', () => {
  for (const [name, text] of asks) assert.deepEqual(asksFor(text), [name], text)
  for (const text of none) assert.deepEqual(asksFor(text), [], text)
  for (const language of languages)
    for (const [name, text] of Object.entries(texts[language].lead.askFor))
      assert.deepEqual(asksFor(text), [name], text)
})
