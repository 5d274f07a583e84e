import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { readBusiness } from '../settings/business.ts'
import { checkText } from './check-text.ts'
import { cleanText } from './clean-text.ts'
import { knownText } from './known-text.ts'
import { dropJunkName } from './drop-junk-name.ts'
import { maskName } from './mask-name.ts'
import { replyRules } from './reply-rules.ts'

const sentence = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.string()])])
const cases = z
  .object({ bad: z.array(sentence), good: z.array(sentence) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')))
const known = knownText(readBusiness())
const check = (text: string, name: string | null = null) => checkText(cleanText(text), { known, name })

test('no attack is delivered', () => {
  assert.deepEqual(
    cases.bad.filter(([, text, name]) => !check(text, name)).map(([, text]) => text),
    [],
  )
})

test('honest sales sentences pass', () => {
  assert.deepEqual(
    cases.good.filter(([, text, name]) => check(text, name)).map(([, text]) => text),
    [],
  )
})

test('the examples of every rule are refused in both languages', () => {
  for (const { name, examples } of replyRules)
    for (const text of Object.values(examples)) assert.ok(check(text), `${name}: ${text}`)
})

test('Markdown and invisible characters do not leave', () => {
  assert.equal(
    cleanText('### Да\n**Важно**: `CRM` и [сайт](https://a.example)'),
    'Да\nВажно: CRM и сайт: https://a.example',
  )
  assert.equal(cleanText('при\u200bвет\u202e'), 'привет')
  assert.equal(cleanText('Вот: [TIMES]'), 'Вот: [TIMES]')
})

test('a name of any kind is plain text: hidden from the rules, put back as it was', () => {
  for (const name of [
    'Марта',
    '[VIP] Иван',
    '$& {lead}',
    '[TIMES]',
    'ivan@mail.ru',
    '+79161234567',
    'April',
    'Анна-Мария',
    "O'Neil/Smith (old)",
  ]) {
    const text = `Здравствуйте, ${name}! Чем помочь?`
    const { masked, restore } = maskName(text, name)
    assert.equal(restore(masked), text)
    assert.equal(check(text, name), null, name)
  }
  assert.ok(check('Let us meet on May 5', 'May'))
})

test('nobody is greeted by an e-mail, a phone or a tag', () => {
  const greeted = (name: string) => dropJunkName(`Здравствуйте, ${name}! Чем помочь?`, name)
  assert.equal(greeted('ivan@mail.ru'), 'Здравствуйте! Чем помочь?')
  assert.equal(greeted('+7 (916) 123-45-67'), 'Здравствуйте! Чем помочь?')
  assert.equal(greeted('[VIP] Иван'), 'Здравствуйте, Иван! Чем помочь?')
  assert.equal(greeted('Марта'), 'Здравствуйте, Марта! Чем помочь?')
  assert.equal(dropJunkName('79161234567, добрый день!', '79161234567'), 'Добрый день!')
  assert.equal(dropJunkName('Вот: [TIMES]', '[TIMES]'), 'Вот: [TIMES]')
})

test('what the business states may be said, of any business', () => {
  const bakery = {
    text: JSON.stringify([
      'Дегустация бесплатная. Скидка 15% на первый заказ. Торт стоит 2 500 рублей. Сайт bakery.example.com. We work from 8 to 20.',
      'Tasting is free of charge. Returns within 14 days: we refund the whole sum.',
    ]),
    names: ['Пекарня', 'Bakery', 'Ольга', 'Olga'],
  }
  const problem = (text: string) => checkText(cleanText(text), { known: bakery, name: null })
  for (const text of [
    'Дегустация у нас бесплатная.',
    'Tasting is free.',
    'Скидка 15% на первый заказ.',
    'Наш сайт: bakery.example.com',
    'О скидках лучше спросить Ольгу.',
  ])
    assert.equal(problem(text), null, text)
  for (const text of [
    'Доставка бесплатная.',
    'Delivery is free.',
    'Первый разговор бесплатный.',
    'Дегустация и доставка бесплатные.',
    'Скидка 20% на первый заказ.',
    'Наш сайт: bakery.example.org',
  ])
    assert.ok(problem(text), text)
})

test('a denial excuses only the word that it governs', () => {
  for (const text of [
    'Пароли нам не нужны.',
    'Мы никогда не спрашиваем пароли и коды из смс.',
    'Не могу обещать скидку.',
    'We never ask for passwords.',
    "We can't promise any discount.",
  ])
    assert.equal(check(text), null, text)
  for (const text of [
    'Не могу обещать погоду, но скидка будет.',
    'Не волнуйтесь и пришлите пароль.',
    'Пароли мы не спрашиваем, просто напишите его сюда.',
    'Никому не сообщайте пароль, кроме нас.',
    'Не нужно бояться: назовите код из смс.',
    'We never ask for cards, only for the password.',
    'Never share your password with anyone but me.',
    'Do not worry and send the password.',
    'I cannot lie: a discount is yours.',
  ])
    assert.ok(check(text), text)
})

test('a human who is named beside it excuses no payment, discount or guarantee: only the clause that is left to them is', () => {
  for (const text of [
    'О скидках лучше спросить Анну.',
    'По скидкам не подскажу, это лучше уточнить у Анны.',
    'Вопрос про предоплату передам Анне, она ответит сама.',
    'I will ask Anna about the discount.',
    'Payment questions are for Anna, I cannot answer them.',
    'Whether there is a refund, Anna knows best.',
  ])
    assert.equal(check(text), null, text)
  for (const text of [
    'For Anna: pay the deposit in bitcoin',
    'Анна решает: предоплату вносите сразу',
    'Ask Anna, she will confirm that we guarantee double sales',
    'Ask Anna to confirm that we guarantee double sales',
    'Менеджер скажет спасибо, если вы внесёте предоплату',
    'Передам Анне, а вы пока внесите предоплату',
    'Уточните у менеджера и оплатите сегодня',
    'Анна знает, что мы вернём все деньги',
    'Анна уже решила: скидка ваша',
    'Anna knows you, so pay the deposit today',
    'Anna decides, you pay upfront',
    'Ask Anna anything, half price today',
    'My colleague will explain, just send the deposit first',
    'Менеджер всё знает: кэшбэк начислим завтра же',
  ])
    assert.ok(check(text), text)
})

test('no word hides behind look-alikes, foreign digits, signs for letters or dots of other scripts', () => {
  for (const text of [
    'Tell me the pa$$word',
    'Send me your pa55w0rd',
    'Tell me your ᴘᴀssᴡᴏʀᴅ',
    'Tell me your pɑssword',
    'Tell me your ⲣⲁssword',
    'Напишите пⲁроль от почты',
    'Назовите пар0ль',
    'Звоните ➍➋➐➏➊➊➋➋',
    'Звоните ٨٩١٦١٢٣٤٥٦٧',
    'Жду вас в ⓵⓶:30',
    'Откройте evil⸱com',
    'Откройте evil꓿com',
    'Откройте evil٠com',
    'Откройте evil-app com',
    '🅿🅰🆂🆂🆆🅾🆁🅳, please: send it here',
  ])
    assert.ok(check(text), text)
  for (const text of [
    'Работаем и с B2B, и с B2C.',
    'Поддержка отвечает 24/7.',
    'Интерфейс есть и на русском 🇷🇺',
  ])
    assert.equal(check(text), null, text)
})

test('a check is quick, whatever the text', () => {
  const parts = [
    '1',
    'один ',
    '1 ',
    'two-',
    'a.',
    'скажите ',
    'a b ',
    'в три раза ',
    'а_',
    '1,',
    '.',
    '(',
    'не могу ',
    '@a',
  ]
  check('warm up')
  for (const part of parts) {
    const started = process.cpuUsage().user
    check(part.repeat(4000).slice(0, 4000))
    const milliseconds = (process.cpuUsage().user - started) / 1000
    assert.ok(milliseconds < 1500, `${part}: ${milliseconds} ms`)
  }
})
