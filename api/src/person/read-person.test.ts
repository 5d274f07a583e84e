import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { personFieldsSchema, readPerson } from './read-person.ts'

const caseFile = z.object({
  cases: z.array(
    z.object({
      in: personFieldsSchema,
      name: z.string().nullable().optional(),
      phones: z.array(z.string()).optional(),
      username: z.string().nullable().optional(),
    }),
  ),
})

for (const file of ['given', 'own', 'fresh']) {
  test(`the cards in cases/${file}.json are read as a person would`, () => {
    const { cases } = caseFile.parse(
      JSON.parse(readFileSync(join(import.meta.dirname, `cases/${file}.json`), 'utf8')),
    )
    const wrong = cases.flatMap((one) => {
      const read = readPerson(one.in, 'RU')
      return (['name', 'phones', 'username'] as const)
        .filter(
          (field) => one[field] !== undefined && JSON.stringify(one[field]) !== JSON.stringify(read[field]),
        )
        .map((field) => `${JSON.stringify(one.in)} ${field}: ${JSON.stringify(read[field])}`)
    })
    assert.deepEqual(wrong, [])
  })
}

test('the country of the settings decides on local numbers, the card’s own country comes first', () => {
  assert.deepEqual(readPerson({ phones: ['030 1234567'] }, 'DE').phones, ['+49301234567'])
  assert.deepEqual(readPerson({ phones: ['067 123 45 67'], country: 'UA' }, 'DE').phones, ['+380671234567'])
})

const pieces = fc.constantFrom(
  ...[
    'Ольга',
    'Кузнецова',
    'О.П.',
    'ООО',
    '"',
    '«',
    ')',
    '(',
    '@olga_k',
    't.me/',
    '+7',
    '8 921',
    '555-00-11',
    '#3',
    'доб.',
    ',',
    '/',
    '\n',
    '\0',
  ],
  ...[
    'tg://resolve?domain=',
    '%',
    '%E0%A4%A',
    '\uD800',
    '😀',
    '‮',
    '000000000000000000000000',
    'constructor',
    '__proto__',
    "O'",
    '-',
    '$&',
    ' ',
  ],
)
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces).map((list) => list.join('')),
)

test('whatever stands on a card, what is read has the form that it must have', () => {
  fc.assert(
    fc.property(anything, anything, anything, (name, phone, telegram) => {
      const read = readPerson({ name, phones: [phone], telegram }, 'RU')
      for (const number of read.phones) assert.match(number, /^\+[1-9]\d{6,14}$/)
      if (read.username !== null) assert.match(read.username, /^[a-z][a-z0-9_]{2,30}[a-z0-9]$/i)
      if (read.name !== null) assert.match(read.name, /^[\p{L}\p{M}'’ʼ`-]{2,}$/u)
    }),
    { numRuns: 3000 },
  )
})

test('a phone that was read is read the same again', () => {
  for (const number of [
    '+79215550011',
    '+5511962956567',
    '+525512345678',
    '+375291234567',
    '+77011234567',
    '+447400654321',
  ])
    assert.deepEqual(readPerson({ phones: [number] }, 'RU').phones, [number])
})
