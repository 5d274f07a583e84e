import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { everySentence } from '../texts/every-sentence.ts'
import { languages, texts } from '../texts/index.ts'

const repository = join(import.meta.dirname, '..')
const cyrillic = /\p{Script=Cyrillic}/u

/** Where Cyrillic words are known in order to understand or to judge what others wrote. Nothing in these files is said to anybody. */
const hearing = [
  'api/src/masking/',
  'api/src/hearing/',
  'api/src/replies/',
  'api/src/person/',
  'api/src/knowledge/check-citations.ts',
  'api/src/amocrm/amount.ts',
  'api/src/amocrm/field-value.ts',
  'api/src/conversations/meaning-changed.ts',
  'api/src/leads/guess-language.ts',
  'api/src/leads/read-request.ts',
  'api/src/qualification/find-words.ts',
  'contract/src/qualification.ts',
  'api/src/leads/invite-email.ts',
  'api/src/leads/name-in-title.ts',
  // A letter that looks like a Latin one; first guesses of passwords.
  'api/src/text/confusables.ts',
  'api/src/secrets/public-secrets.ts',
  'local/business/read-answers.ts',
  // The played lead of the demo.
  'local/demo/play-lead.ts',
]

/** Lines of code with Cyrillic letters; comments may have them. A line is looked at as a whole. */
const cyrillicLines = (source: string): number[] =>
  source.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(?:\*|\/\/|\/\*).*$/u, '').replace(/\s\/\/\s.*$/u, '')
    return cyrillic.test(code) ? [index + 1] : []
  })

const found = globSync('{api/src,n8n/nodes/src,n8n/workflows,contract,local}/**/*.{ts,mts,mjs}', {
  cwd: repository,
  exclude: (name) => /node_modules|runtime|dist|testing|\.test\.ts$/.test(name),
})
  .map((file) => ({ file, lines: cyrillicLines(readFileSync(join(repository, file), 'utf8')) }))
  .filter(({ lines }) => lines.length > 0)

test('Russian words stand in texts/ru.ts, and where what others write is understood', () => {
  const astray = found.filter(({ file }) => !hearing.some((place) => file.startsWith(place)))
  assert.deepEqual(
    astray.map(({ file, lines }) => `${file}: ${lines.join(', ')}`),
    [],
  )
  const clean = hearing.filter((place) => !found.some(({ file }) => file.startsWith(place)))
  assert.deepEqual(clean, [], 'these have no Russian words any more: take them off the list')
})

test('no file carries the same words in several languages by itself', () => {
  const pairs = globSync('{api/src,n8n/nodes/src,contract,local}/**/*.ts', {
    cwd: repository,
    exclude: (name) => /node_modules|testing|\.test\.ts$/.test(name),
  }).filter((file) =>
    /(?<![\p{L}.])(?:en|ru): ?(?:['"`{(]|\n)/u.test(readFileSync(join(repository, file), 'utf8')),
  )
  // The examples of the rules, by which they are tested, and the played lead of the demo.
  assert.deepEqual(
    pairs.filter((file) => !file.startsWith('api/src/replies/rules/')),
    ['local/demo/play-lead.ts'],
  )
})

test('a sentence says the same values in every language, and something', () => {
  const values = (sentence: string) => [...new Set(sentence.match(/<\w+>|\[[A-Z]+\]/g))].toSorted()
  const english = everySentence(texts.en)
  assert.ok(english.length > 100)
  for (const language of languages) {
    const said = everySentence(texts[language])
    assert.deepEqual(
      said.map(({ path, sentence }) => [path, values(sentence)]).toSorted(),
      english.map(({ path, sentence }) => [path, values(sentence)]).toSorted(),
      language,
    )
    for (const { path, sentence } of said) {
      assert.match(sentence, /\p{L}/u, `${language}: ${path}`)
      assert.doesNotMatch(sentence, /undefined|\[object|\{\w+\}|\s{2}/, `${language}: ${path}`)
    }
  }
  assert.deepEqual(
    english.filter(({ sentence }) => cyrillic.test(sentence)),
    [],
  )
})

test('what is Russian is found in code, and not in comments', () => {
  assert.deepEqual(cyrillicLines("say('Да')\n/** Да */\n // Да\nsay() // Да\nsay(`\nДа`)"), [1, 6])
})
