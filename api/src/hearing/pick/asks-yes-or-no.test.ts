import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksYesOrNo } from './asks-yes-or-no.ts'

const yesOrNo = [
  'Записать вас на четверг, 15:00?',
  'Хотите, расскажу, как это работает?',
  'Вам удобно завтра в 15:00?',
  'Подойдёт ли вам такое время?',
  'Прислать приглашение на ivan@mail.ru?',
  'Показать, что мы сделали для похожей компании?',
  'Подскажите, пожалуйста, вам удобно общаться здесь?',
  'Здравствуйте, Иван! Вы оставляли заявку на сайте, верно?',
  'Что ж, отлично. Оставляем в силе?',
  'Можете прислать ссылку на сайт?',
  'Можете подсказать, вы сами принимаете решение?',
  'Shall I book Thursday at 3 pm?',
  'Would Thursday work for you?',
  'Should I tell you how it works?',
  'Thursday at 3 then?',
  'You asked about a demo, right?',
  'How nice. Is that still relevant?',
  'Do you use a CRM today? 🙂',
]
const open = [
  'Здравствуйте! Что подтолкнуло вас оставить заявку?',
  'Какая у вас сейчас CRM?',
  'Подскажите, пожалуйста, сколько менеджеров работает с заявками?',
  'Скажите, а когда вам удобно?',
  'Иван, расскажите, с чем пришли?',
  'Удобнее завтра или в пятницу?',
  'Вам утром удобно или вечером?',
  'Можете рассказать, как вы сейчас работаете с заявками?',
  'Не подскажете, какой у вас бюджет?',
  'Интересно, что для вас сейчас важнее всего?',
  'И сколько человек в команде?',
  'Вам удобно? А когда лучше?',
  'What made you leave a request?',
  'Could you tell me how many people are in your team?',
  'Can you share what you are looking for?',
  'So, which day is best?',
  'Would morning or evening be better?',
  'Jane, what are you trying to solve?',
  'Спасибо, до встречи!',
  '',
]

for (const text of yesOrNo) test(`a thumb answers: ${text}`, () => assert.equal(asksYesOrNo(text), true))
for (const text of open)
  test(`a thumb does not answer: ${text}`, () => assert.equal(asksYesOrNo(text), false))
