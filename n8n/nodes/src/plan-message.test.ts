import { type Classification, type Plan, planMessage, type Standing } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const standing: Standing = {
  rules: {
    questions: ['need', 'timeline', 'budget'],
    score: [
      { fact: 'need', points: 30 },
      { fact: 'timeline', points: 20 },
      { fact: 'budget', points: 20 },
      { fact: 'budget', says: ['нет бюджета'], points: -50 },
    ],
    offerTimes: { score: 50, answers: 4 },
    handOffAt: null,
    closeAt: null,
  },
  answers: 1,
  justOffered: false,
  hasMet: false,
}
const heard = (
  intent: Classification['intent'],
  facts: Partial<Classification['facts']> = {},
  also: Classification['also'] = [],
): Classification => ({
  language: 'ru',
  intent,
  also,
  objections: [],
  tone: 'neutral',
  zoneQuote: null,
  timeQuotes: [],
  pickedOfferId: null,
  facts: { need: null, budget: null, timeline: null, authority: null, email: null, ...facts },
  confidence: 0.9,
})
type Given = Partial<Parameters<typeof planMessage>[0]> & { standing?: Partial<Standing> }
const plan = ({
  standing: more,
  ...given
}: Omit<Given, 'standing'> & { standing?: Partial<Standing> }): Plan =>
  planMessage({
    kind: 'answer',
    hasMeeting: false,
    known: {},
    classification: heard('interested'),
    saysTime: false,
    ...given,
    standing: { ...standing, ...more },
  })
const row = ({ stage, ask, offer }: Plan) => [stage, ask, offer]

test('each stage is entered and left by what is known, said and booked', () => {
  const need = 'теряем заявки'
  const cases: [string, Parameters<typeof plan>[0], [Plan['stage'], Plan['ask'], Plan['offer']]][] = [
    ['nothing was said', { kind: 'first_touch', classification: null }, ['first_touch', 'need', 'not yet']],
    [
      'the form told the need',
      { kind: 'first_touch', classification: null, known: { need } },
      ['first_touch', 'timeline', 'not yet'],
    ],
    ['no need yet', {}, ['need', 'need', 'not yet']],
    [
      'the need comes now',
      { classification: heard('interested', { need }) },
      ['qualification', 'timeline', 'not yet'],
    ],
    [
      'what was answered is not asked',
      {
        known: { need, timeline: 'до мая' },
        standing: { rules: { ...standing.rules, offerTimes: { score: 90, answers: 9 } } },
      },
      ['qualification', 'budget', 'not yet'],
    ],
    ['enough is known', { known: { need, timeline: 'до мая' } }, ['offer', null, 'may']],
    ['enough answers without it', { standing: { answers: 4 } }, ['offer', null, 'may']],
    [
      'words that take points away',
      { known: { need, timeline: 'до мая', budget: 'НЕТ бюджета' } },
      ['qualification', null, 'not yet'],
    ],
    ['who asks for a time gets times', { classification: heard('wants_meeting') }, ['offer', null, 'may']],
    [
      'also beside a question',
      { classification: heard('question', {}, ['wants_meeting']) },
      ['offer', null, 'may'],
    ],
    [
      'a time that only code read',
      { classification: heard('other'), saysTime: true },
      ['offer', null, 'may'],
    ],
    [
      'an objection, however much is known',
      { known: { need, timeline: 'до мая' }, classification: heard('objection') },
      ['objection', null, 'not yet'],
    ],
    [
      'an objection and a time',
      { classification: heard('objection'), saysTime: true },
      ['offer', null, 'may'],
    ],
    [
      'a list stands right above',
      {
        known: { need, timeline: 'до мая' },
        classification: heard('question'),
        standing: { justOffered: true },
      },
      ['offer', null, 'just made'],
    ],
    [
      'a counter-offer to that list',
      { classification: heard('counter_offer'), standing: { justOffered: true } },
      ['offer', null, 'may'],
    ],
    [
      'booked: nothing is sold',
      { hasMeeting: true, classification: heard('question') },
      ['booked', null, 'not yet'],
    ],
    [
      'booked, and another time is wanted',
      { hasMeeting: true, classification: heard('reschedule') },
      ['booked', null, 'may'],
    ],
    [
      'they did not come',
      { kind: 'no_show', hasMeeting: true, classification: null },
      ['after', null, 'may'],
    ],
    ['the meeting is over', { standing: { hasMet: true } }, ['after', null, 'may']],
  ]
  for (const [name, given, wanted] of cases) assert.deepEqual(row(plan(given)), wanted, name)
})

test('the score is the sum of the rules that fit', () => {
  assert.equal(plan({ known: { need: 'x', budget: 'пока нет бюджета совсем' } }).score, 0)
  assert.equal(
    plan({ known: { need: 'x' }, classification: heard('interested', { budget: '100' }) }).score,
    50,
  )
})
