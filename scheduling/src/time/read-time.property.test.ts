import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import file from '../../cases/time-phrases.json' with { type: 'json' }
import phraseFile from '../../cases/phrases.json' with { type: 'json' }
import { english } from './en/grammar.ts'
import { lex, normalise } from './lex.ts'
import { readTime, type TimeWish } from './read-time.ts'
import { russian } from './ru/grammar.ts'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000)
const WORDS = [...new Set(file.cases.flatMap(({ text }) => text.split(' ')))]
const ZONES = ['Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia']
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

function ends(wish: TimeWish): [string, string] {
  return 'point' in wish ? [wish.point, wish.point] : [wish.from, wish.to]
}

test('any mixture of words of time is read without failing, into intervals that do not end before they start', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.integer({ min: 0, max: 99 }).map(String)), {
        maxLength: 10,
      }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      fc.constantFrom(...ZONES),
      (words, reference, tz) => {
        const answer = readTime({ text: words.join(' '), reference: reference.toISOString(), tz })
        for (const wish of [...answer.found, ...(answer.alternatives ?? [])]) {
          const [from, to] = ends(wish)
          assert.match(from, INSTANT)
          assert.match(to, INSTANT)
        }
        for (const [from, to] of answer.found.map(ends))
          assert.ok(Date.parse(from) <= Date.parse(to), words.join(' '))
        if (answer.found.length === 0) assert.equal(answer.ambiguous, false)
      },
    ),
    { numRuns },
  )
})

test('any text at all is read without failing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      readTime({ text, reference: '2026-11-20T10:00:00+03:00', tz: 'Europe/Moscow' })
    }),
    { numRuns },
  )
})

test('a long text comes to an end', () => {
  const text = 'завтра в 11 или в 16, а лучше двадцать пятого ноября без четверти три '
    .repeat(50)
    .slice(0, 4000)
  const { found } = readTime({ text, reference: '2026-11-20T10:00:00+03:00', tz: 'Europe/Moscow' })
  assert.ok(found.length > 0)
})

const FOREIGN = {
  ru: {
    numbers: ['47', '63', '387', '12.5', 'семьдесят', 'девяносто'],
    units: ['секунд', 'недель', 'месяцев', 'суток'],
    zones: ['CET', 'по Токио', 'UTC+9', 'по Урюпинскому времени'],
    conditions: ['если', 'вдруг', 'при условии', 'каждый', 'обычно', 'смотря'],
    denials: ['не', 'ни', 'нельзя', 'кроме', 'без'],
    corrections: ['ой', 'вернее', 'извините', 'ошибся', 'пардон'],
    connectors: ['через', 'после', 'до', 'позже'],
  },
  en: {
    numbers: ['47', '63', '387', '12.5', 'seventy', 'ninety'],
    units: ['seconds', 'weeks', 'months'],
    zones: ['CET', 'Tokyo time', 'UTC+9', 'JST'],
    conditions: ['if', 'unless', 'depending', 'every', 'usually', 'provided'],
    denials: ['not', 'except', 'never', 'neither', "doesn't"],
    corrections: ['oops', 'sorry', 'apologies', 'I mean'],
    connectors: ['after', 'before', 'ago'],
  },
}

const REFERENCE = '2026-11-20T10:00:00+03:00'

/** Phrases of nothing but time that are read without a doubt, with the instants they mean. */
function surePhrases(lang: 'ru' | 'en'): { text: string; meant: string; isFixed: boolean }[] {
  const [own, other] = lang === 'ru' ? [russian, english] : [english, russian]
  const onlyTime = new Set([
    'day',
    'days',
    'clock',
    'clocks',
    'part',
    'span',
    'elapsed',
    'number',
    'relation',
    'join',
  ])
  const texts = [
    ...file.cases.filter((one) => one.lang === lang).map(({ text }) => text),
    ...Object.keys(phraseFile[lang]),
  ]
  return texts.flatMap((text) => {
    if (!lex(normalise(text, own), own, other).every(({ is }) => onlyTime.has(is))) return []
    const [meant, elsewhere] = ['Europe/Moscow', 'Asia/Kathmandu'].map((tz) => instants(text, lang, tz))
    return meant === undefined || meant === '' || meant.startsWith('?')
      ? []
      : [{ text, meant, isFixed: meant === elsewhere }]
  })
}

function instants(text: string, lang: 'ru' | 'en', tz = 'Europe/Moscow'): string {
  const { found, ambiguous } = readTime({ text, lang, reference: REFERENCE, tz })
  return (ambiguous ? '?' : '') + found.map((wish) => ends(wish).map(Date.parse).join('/')).join(' ')
}

for (const lang of ['ru', 'en'] as const) {
  test(`what is foreign beside a phrase is never ignored in silence, ${lang}`, () => {
    const phrases = surePhrases(lang)
    assert.ok(phrases.length > 200, String(phrases.length))
    const { zones, corrections, ...others } = FOREIGN[lang]
    const kinds = [zones, corrections, ...Object.values(others)]
    fc.assert(
      fc.property(
        fc.constantFrom(...phrases),
        fc.constantFrom(...kinds.flatMap((kind) => kind.map((word) => ({ kind, word })))),
        fc.boolean(),
        ({ text, meant, isFixed }, { kind, word }, before) => {
          // What is said first cannot be taken back; "after 10 minutes from now" and "not on Monday, on Tuesday" can be said.
          const first = before && kind !== corrections && kind !== others.connectors
          if (first && kind === others.denials && text.includes(',')) return
          // "In two hours" is the same in every zone.
          if (kind === zones && isFixed) return
          const both = first ? `${word} ${text}` : `${text} ${word}`
          assert.notEqual(instants(both, lang), meant, both)
        },
      ),
      { numRuns },
    )
  })
}
