import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, test } from 'node:test'
import { stringify } from 'yaml'
import { exampleBusiness } from '../testing/business.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { watchBusiness } from './watch-business.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-watch-'))
const file = join(folder, 'business.yaml')
const { knowledge: _knowledge, variantPrompt: _variant, ...rules } = structuredClone(exampleBusiness)
writeFileSync(file, stringify(rules))
mkdirSync(join(folder, 'knowledge'))

const business = structuredClone(exampleBusiness)
const app = await startTestApp({ business, config: testConfig({ BUSINESS_CONFIG: file }) })
const watching = watchBusiness(app, 20)
after(async () => {
  await watching.stop()
  rmSync(folder, { recursive: true })
})

async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await look()); await sleep(20))
    assert.ok(Date.now() < end, `waited for: ${what}`)
}
const refusals = () => app.logged.filter((line) => line.includes('were refused'))

test('a changed file is in force without a restart, for whoever holds the rules; knowledge and sellers follow', async () => {
  writeFileSync(file, stringify({ ...rules, meeting: { ...rules.meeting, durationMin: 45 } }))
  await until('the new length', () => business.meeting.durationMin === 45)
  writeFileSync(join(folder, 'knowledge/a.md'), '# Цена {#price}\nДесять рублей.\n')
  await until('the new item', async () =>
    (await rowsOf<{ text: string }>(app.db, `select text from knowledge_items where id = 'price'`)).some(
      ({ text }) => text === 'Десять рублей.',
    ),
  )
  const [first] = rules.sellers
  writeFileSync(file, stringify({ ...rules, sellers: [{ ...first, id: 'vera' }] }))
  await until('the new seller', () => business.sellers[0]?.id === 'vera')
  assert.deepEqual(await rowsOf(app.db, 'select id from sellers where active'), [{ id: 'vera' }])
})

test('a broken file is refused with line and reason, once, and the rules before stay in force', async () => {
  const before = structuredClone(business)
  const whole = stringify(rules)
  for (const [broken, reason] of [
    [
      whole.replace(/durationMin: \d+/, 'durationMin: long'),
      /meeting\.durationMin: .*\(line \d+; write a number\)/,
    ],
    [whole.replace(/^company:/m, 'compani:'), /Unrecognized key.*compani.*\(line 1; take compani out/],
    [`${whole}\n  bad: [`, /line \d+; mend the YAML/],
    ['', /problem\(s\)/],
  ] as const) {
    app.logged.length = 0
    writeFileSync(file, broken)
    await until('a refusal', () => refusals().length > 0)
    await sleep(100)
    assert.equal(refusals().length, 1)
    assert.match(refusals()[0] ?? '', reason)
    assert.deepEqual(business, before)
  }
  writeFileSync(file, whole)
  await until('the mended file', () => business.sellers.length === rules.sellers.length)
})
