import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { classificationSchema, salesSchema } from '@lead/contract'
import { z } from 'zod'
import { repository } from '../../local/settings/config.ts'
import { formatInstructions } from './format-instructions.ts'
import { parseAnswer } from './parse-answer.ts'

const utils = join(repository, 'n8n/runtime/node_modules/@n8n/n8n-nodes-langchain/dist/utils')
const fence = /```json\n(.*)\n```/s

test(
  'a model is told the form of its answer as the installed n8n tells it',
  {
    skip: existsSync(utils) ? false : 'n8n is not installed',
  },
  async () => {
    const load = createRequire(import.meta.url)
    const { N8nStructuredOutputParser } = load(join(utils, 'output_parsers/N8nStructuredOutputParser.js'))
    const { convertJsonSchemaToZod } = load(join(utils, 'schemaParsing.js'))
    for (const schema of [classificationSchema, salesSchema]) {
      const given = convertJsonSchemaToZod(z.toJSONSchema(schema, { target: 'draft-7' }))
      const context = { getNode: () => ({}), logger: console }
      const parser = await N8nStructuredOutputParser.fromZodJsonSchema(given, 1.3, context)
      const theirs: string = parser.getFormatInstructions()
      const ours = formatInstructions(schema)
      assert.equal(ours.replace(fence, ''), theirs.replace(fence, ''))
      const shown = (text: string): unknown => JSON.parse(fence.exec(text)?.[1] ?? '')
      assert.deepEqual(shown(ours), shown(theirs))
    }
  },
)

test('an answer is read out of a fence, bare, or inside of `output`; what does not fit is none', () => {
  const schema = z.object({ ok: z.boolean() })
  for (const text of ['{"ok":true}', '{"output":{"ok":true}}', '```json\n{"output":{"ok":true}}\n```'])
    assert.deepEqual(parseAnswer(schema, text), { ok: true })
  assert.throws(() => parseAnswer(schema, '{"ok":"yes"}'))
  assert.throws(() => parseAnswer(schema, 'Sure!'))
})
