import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { proposal } from '../testing/seed.ts'
import { hidePersons } from './hide-persons.ts'
import { checkPlaceholders, hideAgain, showPersons } from './show-persons.ts'

const hideIn = (text: string, names: string[] = []) => hidePersons(names, 'RU').hide(text)

/** Each text with the words that may not be left of it. */
const personal: [text: string, words: string[], names?: string[]][] = [
  ['мой номер 8 916 111-22-33, звоните', ['916', '22-33']],
  ['+7 (916) 111 22 33', ['916', '111']],
  ['call me at +44 20 7946 0958', ['7946']],
  ['или на +375291234567', ['375291234567']],
  ['почта ivan.petrov@mail.ru, жду', ['ivan.petrov', 'mail.ru']],
  ['иван@почта.рф', ['иван', 'почта']],
  ['write to Jane.Doe+crm@example.co.uk please', ['Jane', 'example.co']],
  ['я в телеге @ivan_petrov', ['ivan_petrov']],
  ['https://t.me/ivan_petrov и wa.me/79161112233', ['ivan_petrov', '79161112233']],
  ['офис на ул. Ленина, д. 5, кв. 12', ['Ленина', '12']],
  ['улица Большая Ордынка 17 стр. 2', ['Ордынка', '17']],
  ['Невский проспект, 28', ['Невский', '28']],
  ['пр-т Мира 101к2', ['Мира', '101']],
  ['We are at 221B Baker Street, flat 3', ['Baker', '221']],
  ['1600 Pennsylvania Ave', ['Pennsylvania']],
  ['Меня зовут Пётр Сидоров, директор', ['Пётр', 'Сидоров']],
  ['My name is Jane Doe', ['Jane', 'Doe']],
  ['Это Иван. Ивану удобно завтра', ['Иван'], ['Иван']],
  ['Спасибо, Мария Кюри', ['Мария', 'Кюри'], ['Мария Кюри']],
  ['это иван', ['иван'], ['иван']],
  ['Иван на связи, ИВАН', ['Иван', 'ИВАН'], ['иван']],
  ['поговорите с Иваном, а не с иваном', ['Иваном', 'иваном'], ['Иван']],
  ['письмо для петрова, к Петрову, с Петровым', ['етров'], ['ПЕТРОВ ИВАН']],
  ['Павлу удобно, с павлом не спорят', ['Павл', 'павл'], ['Павел']],
  ['жду фёдора или Федора', ['фёдор', 'Федор'], ['Фёдор']],
  ['у чайковского, Чайковскому', ['айковск'], ['Пётр Чайковский']],
  ['марии ивановне, Мария Ивановна', ['мари', 'Мари', 'вановн'], ['Мария Ивановна']],
  ['jane here, JANE DOE', ['jane', 'JANE', 'DOE'], ['Jane Doe']],
  ['here is jane', ['jane'], ['jane']],
  ['我是李明', ['李明'], ['李明']],
  ['меня зовут пётр, хочу демо', ['пётр']],
  ['my name is jane and I want a demo', ['jane']],
  // As people write phones and e-mails where they want no machine to read them, or in another country's way.
  ['восемь девятьсот шестнадцать сто одиннадцать двадцать два тридцать три', ['девятьсот', 'тридцать']],
  ['8 nine one six 1112233', ['nine', '1112233']],
  ['+7_916_111_22_33', ['916']],
  ['(212) 555-0123 or 07400 123456, 0049 170 1234567', ['212', '0123', '123456', '1234567']],
  ['карта 4276 1234 5678 9012, СНИЛС 112-233-445 95', ['4276', '9012', '112']],
  ['ivan собака corp.ru', ['ivan', 'corp']],
  ['иван собака мейл точка ру', ['иван', 'мейл']],
  ['ivan [at] yandex [dot] ru, jane (at) corp.com', ['ivan', 'yandex', 'jane', 'corp']],
  ['john dot doe at gmail dot com', ['john', 'doe', 'gmail']],
  ['ivan.petrov@yandex,com и ivan @ corp.ru', ['ivan', 'petrov', 'corp', 'yandex']],
  ['мой телеграм: ivanov, инста ivan.petrov', ['ivan', 'petrov']],
  ['my tg is ivanov99, skype live:jane.doe', ['ivanov99', 'jane']],
  ['linkedin.com/in/john-doe', ['john-doe']],
  ['ул Ленина 5, пр Вернадского 82', ['Ленина', 'Вернадского']],
  ['Москва, Ленина 5, кв 12', ['Ленина', '12']],
  ['офис в Казани на Баумана 44', ['Баумана', '44']],
  ['наш адрес: Садовая, 12', ['Садовая', '12']],
  ['5th Avenue 350, SW1A 2AA, PO Box 123', ['350', '2AA', '123']],
  // Names that no card has.
  ['это Пётр, передайте Ивану Петровичу', ['Пётр', 'Иван', 'Петрович']],
  ["I'm John Smith, my boss Robert Brown decides", ['John', 'Smith', 'Robert', 'Brown']],
  ['Имя: Маша. С уважением, Сидоров П.А.', ['Маша', 'Сидоров', 'П.А']],
  ['this is john. зовут меня вася', ['john', 'вася']],
  ['поговорите с Еленой, а не с Машей', ['Елен', 'Маш']],
  ['Regards, Mariya Kuznetsova', ['Mariya', 'Kuznetsova']],
  ['Роман слушает', ['Роман'], ['Роман']],
]

/** What is nobody's, and what the models must understand. */
const open = [
  'Давайте завтра в 15:00 или в 16',
  '28 ноября 2026, 10:30',
  'бюджет 150 000 рублей, в год 1 200 000',
  'у нас 12 менеджеров и 300 заявок в месяц',
  'второй вариант подойдёт',
  'in May, around 3 pm, at 10.30',
  'заказ 1234567, счёт на 7000 евро',
  'по Москве, GMT+3',
  'Скидка 20% на тариф 2',
  'пишите мне сюда, улица шумная',
  'с 28.11.2026-30.11.2026, а ещё 2026-12-01 2026-12-05',
  'выручка 1 200 000 000 рублей, было 10 11 12 13 14 15',
  'two or three managers, one two weeks',
  'у вас есть телеграм бот? нужна интеграция с instagram и vk ads',
  'meet at noon. Thanks, at 3pm',
  'give me a call at work, dot the i',
  'я был сам, это данные, I am fine, this is great, call me tomorrow',
  'Данные в Битрикс 24, на Битрикс 24',
  'Москва, Среда 15:00, или Казань, Пятница 12 часов',
  'Мы в Китае и Астане, доставка на Камчатку',
]

/** Names and words of cards that other words must not be taken for. */
const otherwise: [text: string, name: string][] = [
  ['I may come in May, on 5 may', 'May Brown'],
  ['прочитал роман про веру и любовь', 'Роман'],
  ['встретимся в марте, 3 марта', 'Марта'],
  ['заявка с сайта пришла', 'Заявка с сайта'],
  ['я юрист, пишу про юридические услуги', 'Юрий'],
  ['an offer for al', 'An'],
]

describe('what tells who a person is', () => {
  for (const [text, name] of otherwise)
    test(`is not in "${text}" for who is called ${name}`, () => assert.equal(hideIn(text, [name]), text))
  for (const [text, words, names] of personal)
    test(`is hidden in: ${text}`, () => {
      const mask = hidePersons(names ?? [], 'RU')
      const masked = mask.hide(text)
      for (const word of words) assert.ok(!masked.includes(word), masked)
      assert.equal(showIn(masked, mask.hidden), text)
    })
  for (const text of open) test(`is not in: ${text}`, () => assert.equal(hideIn(text), text))
})

const showIn = (reply: string, hidden: Record<string, string>) =>
  showPersons(proposal({ reply }), hidden).sales.reply

test('the same words get the same placeholder in each text, other words another', () => {
  const { hide, hidden } = hidePersons(['Иван'], 'RU')
  const first = hide('Иван, 8 916 111-22-33')
  const second = hide('Иван или 8 916 111-22-44')
  assert.equal(first, '[name-1], [phone-1]')
  assert.equal(second, '[name-1] или [phone-2]')
  assert.deepEqual(Object.keys(hidden), ['[phone-1]', '[name-1]', '[phone-2]'])
})

test('a name as a whole has a placeholder, whatever it looks like', () => {
  for (const name of ['иван', 'jane', 'May', '李', 'заявка']) {
    const { standFor, hidden } = hidePersons([], 'RU')
    assert.equal(standFor(name), '[name-1]')
    assert.deepEqual(hidden, { '[name-1]': name })
  }
})

test('what a person writes as a placeholder comes back as they wrote it', () => {
  const mask = hidePersons(['Иван'], 'RU')
  const text = 'Иван [name-1] [phone-7] [NAME]'
  assert.equal(showIn(mask.hide(text), mask.hidden), text)
  assert.equal(checkPlaceholders(text, mask.hidden), null)
})

test('a $ in the words of a person is a $', () => {
  const mask = hidePersons(['$& $1'], 'RU')
  assert.equal(showIn(mask.hide('a$&b@mail.ru'), mask.hidden), 'a$&b@mail.ru')
})

test('the facts, the wishes and the note of the models have the words back', () => {
  const hidden = { '[email-1]': 'a@b.ru', '[name-1]': 'Иван' }
  const shown = showPersons(
    proposal(
      { reply: 'Здравствуйте, [Name-1]!', note: 'почта [email-1]' },
      {
        classification: {
          ...proposal().classification!,
          timeQuotes: ['когда [name-1] сможет'],
          facts: { need: null, budget: null, timeline: null, authority: '[name-1]', email: '[email-1]' },
        },
      },
    ),
    hidden,
  )
  assert.equal(shown.sales.reply, 'Здравствуйте, Иван!')
  assert.equal(shown.sales.note, 'почта a@b.ru')
  assert.deepEqual(shown.classification!.timeQuotes, ['когда Иван сможет'])
  assert.equal(shown.classification!.facts.authority, 'Иван')
  assert.equal(shown.classification!.facts.email, 'a@b.ru')
})

test('a placeholder that a model made up is named, and a problem is told without the words', () => {
  const hidden = { '[name-1]': 'Иван', '[name-2]': 'Иван Петров' }
  assert.match(checkPlaceholders('Здравствуйте, [name-3]!', hidden)!, /\[name-3\]/)
  assert.match(checkPlaceholders('Здравствуйте, [name]!', hidden)!, /\[name\]/)
  assert.equal(hideAgain('the reply has "Иван Петров"', hidden), 'the reply has "[name-2]"')
})
