import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTime } from '@lead/scheduling'
import { parseHook } from '../amocrm/parse-hook.ts'
import { meaningChanged } from '../conversations/meaning-changed.ts'
import { renderTranscript } from '../conversations/render-transcript.ts'
import { hearTongue } from '../hearing/hear-language.ts'
import { hear } from '../hearing/hear.ts'
import { hearAnswerToStop } from '../hearing/stop/hear-answer.ts'
import { asksOwnTime } from '../hearing/zone/asks-own-time.ts'
import { zoneOfPlace } from '../hearing/zone/find-place.ts'
import { emailsInWords } from '../leads/invite-email.ts'
import { withoutLinks } from '../leads/name-in-title.ts'
import { personOf } from '../leads/read-card.ts'
import { readPerson } from '../person/read-person.ts'
import { checkText } from '../replies/check-text.ts'
import { cleanText } from '../replies/clean-text.ts'
import { dropJunkName } from '../replies/drop-junk-name.ts'
import { knownText } from '../replies/known-text.ts'
import { maskName } from '../replies/mask-name.ts'
import { readBusiness } from '../settings/business.ts'
import { readCommand } from '../telegram/bot/answer-command.ts'
import { splitText } from '../telegram/split-text.ts'
import { storableText } from '../text/storable.ts'
import { checkCitations } from '../knowledge/check-citations.ts'

const business = readBusiness()
const known = knownText(business)
const said = { reference: '2030-06-03T08:00:00Z', tz: 'Europe/Moscow' }
const ignoring =
  (read: (text: string) => unknown) =>
  (text: string): void => {
    try {
      read(text)
    } catch {
      // That it refuses the text is fine.
    }
  }

/** Whatever reads text that others wrote: what leads say, what stands on cards, in hooks, in a model's words. A new reader belongs here. */
const readers: Record<string, (text: string) => unknown> = {
  hear,
  hearTongue,
  hearAnswerToStop,
  asksOwnTime,
  zoneOfPlace,
  readPerson: (text) => readPerson({ name: text, phones: [text], telegram: text }, 'RU'),
  personOf: (text) =>
    personOf(
      {
        id: 1,
        name: text,
        first_name: text,
        custom_fields_values: ['PHONE', 'EMAIL', business.amocrm.contactTelegramField].map((code) => ({
          field_id: 1,
          field_code: code,
          values: [{ value: text }, { value: `${text}!` }],
        })),
      },
      business,
    ),
  emailsInWords: (text) => emailsInWords([text]),
  withoutLinks,
  meaningChanged: (text) => [
    meaningChanged(text, `${text.slice(1)}b`),
    meaningChanged(text, [...text].toReversed().join('')),
  ],
  renderTranscript: (text) =>
    renderTranscript([{ author: 'lead', text, at: new Date(said.reference) }], {
      language: 'ru',
      zone: said.tz,
      names: { lead: text, seller: 'A' },
      summary: text,
      standing: [],
    }),
  cleanText,
  checkText: (text) => checkText(text, { known, name: null }),
  maskName: (text) => maskName(text, text),
  dropJunkName: (text) => [dropJunkName(text, text), dropJunkName('a', text)],
  splitText,
  storableText,
  readCommand,
  checkCitations: (text) => checkCitations(text, [{ id: 'a', title: text, text }], text),
  parseHook: ignoring(parseHook),
  // It refuses more than 4,000 characters.
  readTime: ignoring((text) => readTime({ ...said, lang: 'ru', text })),
  'readTime, en': ignoring((text) => readTime({ ...said, lang: 'en', text })),
}

const units = [
  ...[
    '@',
    'a@',
    'a@b.',
    'x@y.z,',
    '.',
    'a.',
    '..',
    '-',
    'a-',
    '1-',
    '_a',
    '+',
    '+7',
    '1',
    '1 ',
    '1,',
    '1.',
    '1:',
  ],
  ...[
    '[x](',
    '[',
    '(',
    '[]',
    '<',
    '«',
    '"',
    '"a',
    '`',
    '*',
    '**',
    '* ',
    '** a',
    '~~',
    '__a',
    '#',
    '# ',
    '> ',
    '%',
    '=',
  ],
  ...[
    'http://',
    'www.',
    't.me/',
    'tg:?',
    '://',
    '/',
    ' ',
    '\n',
    ' \n',
    '\t',
    '\u00a0',
    '- ',
    ', ',
    '; ',
    '? ',
    '! ',
  ],
  ...[
    'А',
    'a',
    'ОА',
    'oО',
    'Ab',
    'ё',
    'аб ',
    'a b ',
    'e\u0301\u0301',
    '\u200b',
    '😀',
    '\ufdfa',
    '\0',
    '&a=',
    '(0)',
  ],
  ...[
    'в ',
    'не ',
    'not ',
    'no ',
    'по ',
    'от ',
    'до ',
    'я в ',
    'i am in ',
    'стоп ',
    'stop ',
    'не пишите ',
    'завтра ',
  ],
  ...[
    'в 5 ',
    'с 1 до ',
    'monday ',
    'в понедельник ',
    'один ',
    'сто ',
    'two ',
    'точка ',
    'dot ',
    'доб',
    'x1',
    'ext ',
  ],
  ...[
    'скажите ',
    'code ',
    'номер ',
    'клиент ',
    'our client ',
    'Иван Петров ',
    'больше ',
    'деньги ',
    'tg ',
    'пиши ',
  ],
]
const usual = [1000, 4000, 20_000]
/** Of readers that refuse more than 4,000 characters. */
const shorter = [500, 2000]
/** Less than this, in ms of this process, harms nobody and is too little to compare. */
const harmless = 100

const costOf = (read: (text: string) => unknown, text: string): number => {
  const before = process.cpuUsage()
  read(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Four times the text may take ten times as long: the square of it would be sixteen times, the cube sixty-four. */
function growsTooFast(read: (text: string) => unknown, unit: string, lengths: number[]): string | null {
  const text = (length: number) => unit.repeat(length).slice(0, length)
  const [shortest = 0, ...others] = lengths
  let [length, cost] = [shortest, Math.max(0.5, costOf(read, text(shortest)))]
  for (const longer of others) {
    const grown = longer / length
    if (cost * grown ** 2 < harmless) continue
    const isTooMuch = () => next > harmless && next > cost * grown ** 1.66
    let next = costOf(read, text(longer))
    // What else runs on the machine makes one measure too long, rarely six.
    for (let tries = 0; tries < 5 && isTooMuch(); tries += 1) {
      cost = Math.max(cost, costOf(read, text(length)))
      next = Math.min(next, costOf(read, text(longer)))
    }
    if (isTooMuch())
      return `${JSON.stringify(unit)}: ${Math.round(cost)} ms for ${length}, ${Math.round(next)} ms for ${longer}`
    ;[length, cost] = [longer, Math.max(0.5, next)]
  }
  return null
}

for (const [name, read] of Object.entries(readers)) {
  test(`no text, however long, keeps ${name} busy`, () => {
    for (let tries = 0; tries < 20; tries += 1) read('Здравствуйте, 12:30? Иван. me@example.com +7 (916) 1')
    assert.deepEqual(
      units.flatMap((unit) => growsTooFast(read, unit, name.startsWith('readTime') ? shorter : usual) ?? []),
      [],
    )
  })
}
