import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf, readModels } from '../../api/src/settings/models.ts'
import { askModels } from '../../api/src/models/ask-models.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { ask } from '../system.ts'

const table = readModels()

for (const { vendor, example } of table.families.filter((family) => family.vendor !== 'transcription'))
  test(`${example}: the strict simulator takes what the table says of its family, and both reckon the same cost and end`, async (t) => {
    const llm = await startLlm({ port: 0 })
    t.after(() => llm.close())
    const place = {
      url: vendor === 'openai' ? `${llm.url}/v1` : llm.url,
      key: 'sk-of-our-own',
      model: example,
    }
    const nobody = { openai: null, anthropic: null, transcription: null }
    const [row] = await askModels(table, { ...nobody, [vendor]: place })
    assert.deepEqual([row?.ok, row?.problem], [true, null])
    const bill = (await ask(`${llm.url}/_sim/bill`)).body as Record<string, { usd: number | null }>
    const billed = bill[example]?.usd ?? null
    if (row?.cost === null || row?.cost === undefined) assert.equal(billed, null, 'the vendor has a price')
    else assert.ok(Math.abs(row.cost - (billed ?? 0)) < 1e-9, `${row.cost}, and the bill is ${billed}`)
    // The row's own end is the vendor's, where its list tells one.
    assert.equal(row?.ends, familyOf(table, vendor, example)?.ends ?? null)
  })

test('an end that only the vendor knows of is told', async (t) => {
  const llm = await startLlm({ port: 0 })
  t.after(() => llm.close())
  const unaware = {
    ...table,
    families: table.families.map((family) => ({ ...family, ends: null })),
  }
  const openai = { url: `${llm.url}/v1`, key: 'k', model: 'gpt-4.1-mini' }
  const [row] = await askModels(unaware, { openai, anthropic: null, transcription: null })
  assert.equal(row?.ends, '2027-01-14')
})
