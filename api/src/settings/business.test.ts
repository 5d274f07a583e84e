import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { stringify } from 'yaml'
import { type Business, readBusiness, workingHours } from './business.ts'
import { exampleBusiness } from '../testing/business.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-business-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'business.yaml')

type Rules = Omit<Business, 'knowledge' | 'variantPrompt'>
const { knowledge: _knowledge, variantPrompt: _variant, ...rules } = exampleBusiness

/** The message about rules in which one thing was changed. */
const refusal = (change: (copy: Rules) => void): string => {
  const copy = structuredClone(rules)
  change(copy)
  writeFileSync(file, stringify(copy))
  try {
    readBusiness(file)
  } catch (error) {
    return (error as Error).message
  }
  return assert.fail('it was accepted')
}

test('the file of this repository is valid and knows something', () => {
  const business = readBusiness()
  assert.ok(business.sellers.length > 0)
  assert.ok(business.knowledge.length > 0)
  assert.ok(business.knowledge.every(({ text }) => text && !text.startsWith('#') && !text.startsWith('- ')))
})

test('what was written is what is read', () => {
  writeFileSync(file, stringify(rules))
  assert.deepEqual(readBusiness(file), { ...rules, knowledge: [], variantPrompt: null })
})

const wrong: [field: string, change: (copy: Rules) => void][] = [
  ['timeZone', (copy) => (copy.timeZone = 'Mars/Olympus')],
  ['language', (copy) => Object.assign(copy, { language: 'de' })],
  ['company.name.en', (copy) => (copy.company.name.en = '')],
  ['company.offer.ru', (copy) => Reflect.deleteProperty(copy.company.offer, 'ru')],
  ['meeting.durationMin', (copy) => (copy.meeting.durationMin = 0)],
  ['meeting.offers', (copy) => (copy.meeting.offers = 6)],
  ['meeting.horizonDays', (copy) => (copy.meeting.horizonDays = 1.5)],
  ['meeting.minNoticeMin', (copy) => (copy.meeting.minNoticeMin = -1)],
  ['meeting.meetLink', (copy) => Object.assign(copy.meeting, { meetLink: 'yes' })],
  ['sellers', (copy) => (copy.sellers = [])],
  ['sellers.0.id', (copy) => (copy.sellers[0]!.id = 'Ольга')],
  ['sellers.1.calendar', (copy) => (copy.sellers[1]!.calendar = 'none')],
  ['sellers.1.timeZone', (copy) => (copy.sellers[1]!.timeZone = 'Moscow')],
  ['sellers.0.workingHours.mon.0', (copy) => (copy.sellers[0]!.workingHours.mon = ['10-13'])],
  [
    'sellers.0.workingHours',
    (copy) => Object.assign(copy.sellers[0]!.workingHours, { monday: ['10:00-13:00'] }),
  ],
  ['conversation.debounceSec', (copy) => (copy.conversation.debounceSec = 1000)],
  ['amocrm.statuses.lost', (copy) => (copy.amocrm.statuses.lost = [])],
  ['amocrm.fields.need', (copy) => Object.assign(copy.amocrm.fields, { need: 5 })],
]
for (const [field, change] of wrong) {
  test(`a wrong ${field} is named`, () =>
    assert.match(refusal(change), new RegExp(`- ${field.replaceAll('.', '\\.')}: .+`)))
}

test('a field that nobody knows is refused, and all problems are listed at once', () => {
  assert.match(
    refusal((copy) => Object.assign(copy.meeting, { colour: 'red' })),
    /meeting: .*colour/,
  )
  const message = refusal((copy) => {
    copy.timeZone = 'Mars/Olympus'
    copy.meeting.offers = 9
    copy.sellers[0]!.id = ''
  })
  assert.match(message, /has 3 problem\(s\)/)
})

test('each heading of the knowledge is an item with its id, files in the order of their names; faq are items too', () => {
  mkdirSync(join(folder, 'knowledge'))
  writeFileSync(join(folder, 'knowledge/b.md'), '# Two\nFourth.\n')
  writeFileSync(
    join(folder, 'knowledge/a.md'),
    'Before.\n# One {#price}\n\n- First,\n  and more.\n- Second.\n\n## Nothing here\n\n## Third\nThird.\n',
  )
  writeFileSync(join(folder, 'knowledge/notes.txt'), 'Not read.')
  const faq = [
    {
      id: 'park',
      question: { ru: 'Где парковка?', en: 'Parking?' },
      answer: { ru: 'Во дворе.', en: 'Yard.' },
    },
  ]
  writeFileSync(file, stringify({ ...rules, faq }))
  assert.deepEqual(readBusiness(file).knowledge, [
    { id: 'a-0', title: '', text: 'Before.' },
    { id: 'price', title: 'One', text: 'First,\nand more.\nSecond.' },
    { id: 'a-4', title: 'Third', text: 'Third.' },
    { id: 'b-1', title: 'Two', text: 'Fourth.' },
    { id: 'park', title: 'Где парковка? / Parking?', text: 'Во дворе. / Yard.' },
  ])
  writeFileSync(join(folder, 'knowledge/c.md'), '# Again {#price}\nFive.\n')
  assert.throws(() => readBusiness(file), /c\.md:1: the id price is there already, at knowledge\/a\.md:2/)
  writeFileSync(join(folder, 'knowledge/c.md'), 'a\n# Bad {#Цена}\nFive.\n')
  assert.throws(() => readBusiness(file), /c\.md:2: the id "Цена"/)
  rmSync(join(folder, 'knowledge/c.md'))
})

test('working hours become weekly windows, Sunday is 0', () => {
  assert.deepEqual(workingHours(rules.sellers[0]!), [
    { days: [1], start: '10:00', end: '13:00' },
    { days: [1], start: '14:00', end: '19:00' },
    { days: [5], start: '10:00', end: '13:00' },
  ])
})

test('the privacy texts say what /stop does and what /delete does', () => {
  const { ru, en } = readBusiness().bot.privacy
  assert.match(ru, /\/stop.*Чтобы удалить ваши данные.*\/delete/)
  assert.match(en, /\/stop.*To have your data deleted.*\/delete/)
})

test('the samples are complete: two businesses that differ in language, hours and what they know', () => {
  const [b2b, clinic] = ['b2b-ru', 'clinic-en'].map((name) =>
    readBusiness(join(import.meta.dirname, `../../../config/samples/${name}/business.yaml`)),
  )
  assert.deepEqual([b2b?.language, clinic?.language], ['ru', 'en'])
  for (const sample of [b2b, clinic]) {
    assert.ok((sample?.knowledge.length ?? 0) >= 5)
    assert.ok((sample?.sellers.length ?? 0) >= 2)
  }
})

test('the second prompt of an experiment is read beside the file, and what is wrong with it is said', () => {
  const experiment = { name: 'shorter', share: 50, prompt: 'variants/shorter.md' }
  const refused = () => refusal((copy) => void (copy.experiment = experiment))
  assert.match(refused(), /experiment\.prompt: .*shorter\.md is not there \(copy docs\/prompts-sales\.md/)
  mkdirSync(join(folder, 'variants'), { recursive: true })
  const page = join(folder, 'variants/shorter.md')
  writeFileSync(page, 'Be short.')
  assert.match(refused(), /experiment\.prompt: .*exactly one ```prompt block, not 0/)
  writeFileSync(page, '```prompt\nBe short.\n```\n')
  assert.match(refused(), /must begin with "Prompt: sales\/2"/)
  writeFileSync(page, '```prompt\nPrompt: sales/2\n\nBe short.\n```\n')
  writeFileSync(file, stringify({ ...rules, experiment }))
  assert.equal(readBusiness(file).variantPrompt, 'Prompt: sales/2\n\nBe short.')
  assert.match(
    refusal((copy) => void (copy.experiment = { ...experiment, share: 120 })),
    /experiment\.share/,
  )
})
