import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { isTimeZone } from '@lead/scheduling'
import heard from './cases/heard.json' with { type: 'json' }
import languages from './cases/language.json' with { type: 'json' }
import stops from './cases/stop.json' with { type: 'json' }
import zones from './cases/zone.json' with { type: 'json' }
import { hearLanguage, hearTongue } from './hear-language.ts'
import { hear } from './hear.ts'
import { hearStop } from './stop/hear-stop.ts'
import { hearZone } from './zone/hear-zone.ts'
import { placesByZone } from './zone/places.ts'

/** A buyer may be asked about, never silenced; a clear wish is never ignored. */
const right = (wanted: string, got: string) => got === wanted || (wanted === 'no' && got === 'maybe')

test('stop means stop, and only stop: every sentence, both sides, both languages', () => {
  const wrong: string[] = []
  let asked = 0
  let innocent = 0
  for (const language of ['ru', 'en'] as const) {
    const all = stops[language]
    assert.ok(all.yes.length >= 60 && all.no.length >= 60, `${language} has enough sentences`)
    for (const wanted of ['yes', 'maybe', 'no'] as const) {
      for (const text of all[wanted]) {
        const got = hearStop(text)
        if (!right(wanted, got)) wrong.push(`${wanted} -> ${got}: ${text}`)
        if (wanted === 'no') innocent += 1
        if (wanted === 'no' && got === 'maybe') asked += 1
      }
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(asked / innocent < 0.1, `${asked} of ${innocent} innocent sentences are doubtful`)
})

test('a stop word in any dress is one: case, punctuation, emoji, politeness, drawn out, with a foreign letter', () => {
  for (const word of ['стоп', 'stop', 'отписка', 'unsubscribe'])
    for (const dressed of [
      word.toUpperCase(),
      `${word}!!!`,
      `  ${word}.  `,
      `${word} 🙏`,
      `«${word}»`,
      `${word}, пожалуйста`,
      `please ${word}`,
      `/${word}`,
      word.replace('о', 'ооо'),
      word.replace('с', 'c'),
    ])
      assert.equal(hearStop(dressed), 'yes', dressed)
})

test('a stop in disguise, or in plain anger, is never taken for nothing', () => {
  for (const text of [
    'S T O P',
    'sтop',
    'ст0п',
    'С Т О П',
    'st0p',
    'ＳＴＯＰ',
    'sᴛᴏᴘ',
    'Прекратите это немедленно',
    'Прекратите уже',
    'Перестаньте это делать',
    "I'm done with these texts",
    'We are tired of your messages',
    'Stop it right now',
    'Enough of this spam',
  ])
    assert.notEqual(hearStop(text), 'no', text)
  for (const text of [
    "I'm done with the tests, what next?",
    'We are done with this year, let us talk',
    'Прекратили рекламу, ищем новое',
  ])
    assert.notEqual(hearStop(text), 'yes', text)
})

test('a clear request is none with a channel, a moment, another person or an invitation beside it', () => {
  const requests = ['Не пишите мне', 'Больше не пишите мне', "Don't message me", 'Stop texting me']
  const beside = [
    ' в вотсап',
    ' до понедельника',
    ' on WhatsApp',
    ' until Monday',
    ', позвоните лучше',
    ', call me instead',
    ' на почту',
    ' before Friday',
    ', напишите завтра',
    ', email me the price instead',
  ]
  for (const request of requests)
    for (const more of beside) assert.notEqual(hearStop(request + more), 'yes', request + more)
})

test('the language of the words; null when they do not tell', () => {
  const wrong = (languages as [string, string | null][]).filter(
    ([text, wanted]) => hearTongue(text) !== wanted,
  )
  assert.deepEqual(
    wrong.map(([text, wanted]) => `${text}: ${hearTongue(text)}, wanted ${wanted}`),
    [],
  )
  assert.equal(hearLanguage('Guten Tag, was kostet das?'), null)
})

test('the zone of who says where they are; none of a place that is only talked of', () => {
  const wrong = (zones as [string, string | null][]).filter(([text, wanted]) => hearZone(text) !== wanted)
  assert.deepEqual(
    wrong.map(([text, wanted]) => `${text}: ${hearZone(text)}, wanted ${wanted}`),
    [],
  )
})

test('every zone of the gazetteer exists, and every Russian city is found by its own name', () => {
  for (const [zone, names] of Object.entries(placesByZone)) {
    assert.ok(isTimeZone(zone), zone)
    for (const name of names.split('|')[1]!.split(',').filter(Boolean))
      assert.equal(hearZone(`I live in ${name}`), zone, name)
  }
})

test('a city that ends in a consonant is found in the case in which one is there', () => {
  const missed = Object.entries(placesByZone).flatMap(([zone, names]) =>
    names
      .split('|')[0]!
      .split(',')
      .filter((name) => /^[а-я]{4,}[бвгдзклмнпрстфх]$/u.test(name) && !/(?:[иоы]в|[иы]н)$/u.test(name))
      .filter((name) => hearZone(`Я сейчас в ${name}е`) !== zone),
  )
  assert.deepEqual(missed, [])
})

test('the shared cases', () => {
  for (const [text, wanted] of heard.stop as [string, string][])
    assert.ok(right(wanted, hear(text).stop), `${text}: ${hear(text).stop}, wanted ${wanted}`)
  for (const [text, wanted] of heard.zone as [string, string | null][])
    assert.equal(hear(text).zone, wanted, text)
  for (const [text, wanted] of heard.language as [string, string | null][])
    assert.equal(hear(text).language, wanted, text)
})

test('the command answers a line for a line, and a bad one by line and field', () => {
  const file = join(import.meta.dirname, '../../cli/hear.ts')
  const run = (args: string[], input = '') =>
    spawnSync(process.execPath, [file, ...args], { input, encoding: 'utf8' })
  const { stdout, stderr, status } = run([], '{"text":"стоп"}\n{"txt":1}\nnope\n{"text":"I live in Dubai"}\n')
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  assert.deepEqual(lines[0], { stop: 'yes', language: 'ru', zone: null })
  assert.match(JSON.stringify(lines[1]), /error.*text/)
  assert.deepEqual(lines[3], { stop: 'no', language: 'en', zone: 'Asia/Dubai' })
  assert.match(stderr, /^line 2: text: .+\nline 3: not JSON: nope\n$/)
  assert.equal(status, 1)
  assert.deepEqual(JSON.parse(run(['Я в Риге']).stdout), { stop: 'no', language: 'ru', zone: 'Europe/Riga' })
  assert.match(run(['--help']).stdout, /JSON/)
  assert.match(run(['--bad']).stdout, /unknown option/)
})
