import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { turnSchema } from '../brain/turn.ts'
import { timeQuotes } from '../classifier/time-quotes.ts'
import { business, offers, turnOf } from '../test-world.ts'
import { replyTexts } from './reply-texts.ts'
import { sell } from './sell.ts'

const knowledge =
  '# Что мы делаем\n- Стоимость зависит от числа продавцов; цену называет Анна. / The price depends on the number of sellers.\n- Подключаем amoCRM быстро. / We connect amoCRM quickly.'
const labelled = (intent: string, more: Record<string, unknown> = {}) => ({
  classification: { intent, pickedOfferId: null, facts: {}, ...more },
})
const talked = [
  { from: 'assistant', text: 'Какую задачу хотите решить?' },
  { from: 'lead', text: 'Теряем заявки' },
  { from: 'assistant', text: 'Понятно.' },
]

function answer(more: Record<string, unknown>, seed = 1) {
  const raw = turnOf({ business, knowledge, facts: {}, wishFree: null, wishUnclear: false, ...more })
  return sell(turnSchema.parse(raw), JSON.stringify(raw), seed)
}
const said = (text: string) => ({ newMessages: [{ text }] })

test('first touch greets by name, says who and why, discloses, asks one question', () => {
  const { reply, action, note } = answer({ kind: 'first_touch' })
  assert.equal(action, 'talk')
  assert.match(reply, /Иван/)
  assert.match(reply, /Северный Свет/)
  assert.ok(reply.includes(business.disclosure))
  assert.equal(reply.match(/\?/g)?.length, 1)
  assert.match(note, /Первое/)
})

test('first touch in English without a name', () => {
  const { reply } = answer({ kind: 'first_touch', language: 'en', lead: { name: null } })
  assert.match(reply, /^(Hello|Hi there)! /)
  assert.doesNotMatch(reply, /undefined|null|\{/)
})

test('two leads get different words, the same lead the same', () => {
  const replies = Array.from({ length: 12 }, (_, n) => answer({ kind: 'first_touch', leadId: n }).reply)
  assert.ok(new Set(replies).size > 5)
  assert.equal(answer({ kind: 'first_touch', leadId: 3 }).reply, replies[3])
  assert.ok(
    new Set(Array.from({ length: 12 }, (_, seed) => answer({ kind: 'first_touch' }, seed).reply)).size > 5,
  )
})

type Expected = { action: string; offerId?: string; marks?: string }
const table: [name: string, turn: Record<string, unknown>, expected: Expected][] = [
  ['opt-out', { ...said('стоп'), ...labelled('opt_out') }, { action: 'close' }],
  [
    'a person is asked for',
    { ...said('Позовите менеджера'), ...labelled('wants_human') },
    { action: 'handoff' },
  ],
  [
    'anger',
    { ...said('Вы меня достали, буду жаловаться в суд'), ...labelled('other') },
    { action: 'handoff' },
  ],
  [
    'a picked offer',
    { ...said('второй'), offers, ...labelled('picks_time', { pickedOfferId: 'b' }) },
    { action: 'book', offerId: 'b', marks: '[MEETING]' },
  ],
  [
    'a picked offer with a meeting',
    { ...said('второй'), offers, meeting: { label: 'x' }, ...labelled('picks_time', { pickedOfferId: 'b' }) },
    { action: 'move', offerId: 'b', marks: '[MEETING]' },
  ],
  [
    'an offer that the model of labels invented',
    { ...said('ок'), offers, ...labelled('picks_time', { pickedOfferId: 'zzz' }) },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  [
    'words that fit one offer',
    { ...said('в четверг в 15:00'), offers, ...labelled('wants_meeting') },
    { action: 'book', offerId: 'b', marks: '[MEETING]' },
  ],
  [
    'a wish that is taken',
    {
      ...said('в четверг в 15:00'),
      offers,
      wishFree: false,
      notFree: 'В этот день мы не работаем.',
      ...labelled('wants_meeting'),
    },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  [
    'an unclear wish',
    { ...said('как-нибудь потом'), offers, wishUnclear: true, ...labelled('wants_meeting') },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  ['an unclear wish without offers', { wishUnclear: true, ...labelled('wants_meeting') }, { action: 'talk' }],
  [
    'a wish to meet',
    { ...said('давайте созвонимся'), offers, ...labelled('wants_meeting') },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  ['a wish to meet without offers', labelled('wants_meeting'), { action: 'talk' }],
  [
    'reschedule',
    { ...said('перенесём?'), offers, meeting: { label: 'x' }, ...labelled('reschedule') },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  ['cancel', { ...said('отмените'), meeting: { label: 'x' }, ...labelled('cancel') }, { action: 'cancel' }],
  ['a no', { ...said('не надо'), ...labelled('not_interested') }, { action: 'close' }],
  ['an objection', { ...said('дорого'), offers, ...labelled('objection') }, { action: 'talk' }],
  [
    'first interest without a need',
    { ...said('да, интересно'), offers, ...labelled('interested') },
    { action: 'talk' },
  ],
  [
    'interest with a need',
    { ...said('Теряем заявки'), offers, ...labelled('interested', { facts: { need: 'Теряем заявки' } }) },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  [
    'interest in the second exchange',
    { ...said('нас пятеро'), offers, history: talked, ...labelled('interested') },
    { action: 'offer_times', marks: '[TIMES]' },
  ],
  [
    'interest with a booked meeting',
    { ...said('ок'), offers, meeting: { label: 'x' }, history: talked, ...labelled('interested') },
    { action: 'talk' },
  ],
  ['a nudge', { kind: 'follow_up', offers }, { action: 'talk' }],
  ['a reminder', { kind: 'reminder', meeting: { label: 'x' } }, { action: 'talk', marks: '[MEETING]' }],
  ['a missed meeting', { kind: 'no_show', offers }, { action: 'offer_times', marks: '[TIMES]' }],
  ['no classification', { ...said('не пишите мне'), classification: null }, { action: 'close' }],
]
for (const language of ['ru', 'en'])
  for (const [name, turn, expected] of table)
    test(`${name} (${language}) -> ${expected.action}`, () => {
      const { reply, action, offerId, note } = answer({ language, ...turn })
      assert.equal(action, expected.action)
      assert.equal(offerId, expected.offerId ?? null)
      assert.equal(reply.match(/\[\w+\]/g)?.join() ?? '', expected.marks ?? '')
      assert.ok(note.length > 5)
    })

test('a question is answered from the knowledge, else left to the meeting', () => {
  assert.match(answer({ ...said('Сколько стоит?'), ...labelled('question') }).reply, /Стоимость зависит/)
  const english = answer({ language: 'en', ...said('How much is it?'), ...labelled('question') }).reply
  assert.match(english, /The price depends/)
  assert.match(
    answer({ ...said('Какого цвета логотип?'), ...labelled('question') }).reply,
    /Анна .*встрече|встрече/,
  )
})

test('an opening is not used again in the same conversation', () => {
  const first = answer({ ...said('да'), ...labelled('greeting') }).reply
  const second = answer({
    ...said('да'),
    history: [{ from: 'assistant', text: first }],
    ...labelled('greeting'),
  }).reply
  assert.notEqual(first.split('!')[0], second.split('!')[0])
})

test('no text of the assistant names a day or an hour', () => {
  for (const texts of Object.values(replyTexts))
    for (const variant of Object.values(texts).flat()) assert.deepEqual(timeQuotes(variant), [], variant)
})

test('whatever the turn, the answer keeps the rules of the prompt', () => {
  const turn = fc.record({
    kind: fc.constantFrom('first_touch', 'answer', 'follow_up', 'reminder', 'no_show'),
    language: fc.constantFrom('ru', 'en'),
    lead: fc.record({ name: fc.constantFrom(null, '', 'Мария', 'Bob {offer}') }),
    newMessages: fc.array(
      fc.record({ text: fc.constantFrom('', 'да', 'сколько стоит?', 'Thursday', 'второй', '{name}') }),
    ),
    offers: fc.constantFrom([], offers),
    meeting: fc.constantFrom(null, { label: 'чт, 26 ноября, 15:00' }),
    history: fc.constantFrom([], talked),
    classification: fc.constantFrom(
      null,
      ...[
        'other',
        'interested',
        'question',
        'picks_time',
        'wants_meeting',
        'reschedule',
        'cancel',
        'objection',
      ].map((intent) => labelled(intent).classification),
    ),
    wishFree: fc.constantFrom(null, true, false),
    wishUnclear: fc.boolean(),
  })
  fc.assert(
    fc.property(turn, (some) => {
      const { reply, action, offerId, note } = answer(some)
      assert.ok(reply.length > 0 && reply.length <= 1500 && note.length <= 500)
      assert.equal(reply.split('[TIMES]').length - 1, action === 'offer_times' ? 1 : 0)
      const namesMeeting = action === 'book' || action === 'move' || some.kind === 'reminder'
      assert.equal(reply.split('[MEETING]').length - 1, namesMeeting ? 1 : 0)
      assert.equal(offerId !== null, action === 'book' || action === 'move')
      if (action === 'offer_times') assert.ok(some.offers.length > 0)
      assert.doesNotMatch(reply, /\{\w+\}|undefined|null/)
      assert.deepEqual(timeQuotes(reply), [])
    }),
    { numRuns: 500 },
  )
})
