import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { defaults } from './config.ts'
import { endingModels, familyOf, modelRequests, priceOf, readModels } from './models.ts'

const table = readModels()
const folder = mkdtempSync(join(tmpdir(), 'lead-models-'))
after(() => rmSync(folder, { recursive: true }))

test('every family that is named by its vendor today has its own parameters', () => {
  const bodies = [
    'gpt-4.1-mini',
    'gpt-4o',
    'gpt-5-mini',
    'gpt-5.6-luna',
    'gpt-6-luna',
    'gpt-6.1-terra',
    'qwen3:8b',
  ].map((name) => [
    name,
    modelRequests(table, { openai: name, anthropic: 'claude-sonnet-5' }).openai.extraBody,
  ])
  assert.deepEqual(Object.fromEntries(bodies), {
    'gpt-4.1-mini': { max_tokens: 1200 },
    'gpt-4o': { max_tokens: 1200 },
    'gpt-5-mini': { max_completion_tokens: 6000, reasoning_effort: 'low' },
    'gpt-5.6-luna': { max_completion_tokens: 6000, reasoning_effort: 'low' },
    'gpt-6-luna': { max_completion_tokens: 6000, reasoning_effort: 'low' },
    'gpt-6.1-terra': { max_completion_tokens: 6000, reasoning_effort: 'low' },
    'qwen3:8b': { max_tokens: 3000 },
  })
  const claude = (name: string) => modelRequests(table, { openai: 'gpt-6-luna', anthropic: name }).anthropic
  assert.deepEqual(claude('claude-sonnet-5-5'), { name: 'claude-sonnet-5-5', maxTokens: 6000, effort: 'low' })
  for (const name of ['claude-haiku-5-5', 'claude-fable-5-1', 'claude-opus-5-5'])
    assert.deepEqual(claude(name), { name, maxTokens: 6000, effort: 'low' })
  assert.deepEqual(claude('claude-haiku-4-5'), { name: 'claude-haiku-4-5', maxTokens: 1200, effort: null })
})

test('each family is the one of its example, and no model has the price of another', () => {
  for (const family of table.families)
    assert.equal(familyOf(table, family.vendor, family.example), family, family.example)
  const inputOf = (vendor: 'openai' | 'anthropic', name: string) =>
    priceOf(familyOf(table, vendor, name), name)?.input ?? null
  assert.deepEqual(
    [
      'gpt-6-luna',
      'gpt-6-luna-2026-09-22',
      'gpt-6-sol',
      'gpt-6-astra',
      'gpt-4o-mini',
      'gpt-4o',
      'qwen3:8b',
      'some-other-model',
    ].map((name) => inputOf('openai', name)),
    [0.1, 0.1, 2, null, 0.15, 2.5, 0, null],
  )
  assert.deepEqual(
    ['claude-sonnet-5', 'claude-opus-5', 'claude-opus-5-5', 'claude-haiku-5-5', 'claude-3'].map((name) =>
      inputOf('anthropic', name),
    ),
    [2, 5, 4, 0.1, null],
  )
  for (const { vendor, example } of table.families)
    for (const { model } of familyOf(table, vendor, example)?.prices ?? [])
      assert.ok(String(model).startsWith('/^'), `${model}: of the beginning of the name`)
})

test('a model is told of 60 days before its end, with the setting that mends it', () => {
  const used = { openai: 'gpt-4.1-mini', transcription: 'whisper-1' } as const
  assert.deepEqual(endingModels(table, used, new Date('2026-11-01T00:00:00Z')), [])
  assert.deepEqual(endingModels(table, used, new Date('2026-11-27T10:00:00Z')), [
    'gpt-4.1-mini ends on 2027-01-14, in 47 days: set OPENAI_MODEL=gpt-6-luna',
  ])
  assert.deepEqual(endingModels(table, used, new Date('2027-03-01T00:00:00Z')), [
    'gpt-4.1-mini ended on 2027-01-14: set OPENAI_MODEL=gpt-6-luna',
    'whisper-1 ended on 2027-02-26: set TRANSCRIPTION_MODEL=gpt-transcribe',
  ])
})

test('no model by default, and none that is recommended, has an end', () => {
  const { openai, anthropic, transcription } = table.successors
  const ofVendor = [
    ['openai', defaults.OPENAI_MODEL],
    ['openai', openai],
    ['anthropic', defaults.ANTHROPIC_MODEL],
    ['anthropic', anthropic],
    ['transcription', defaults.TRANSCRIPTION_MODEL],
    ['transcription', transcription],
  ] as const
  for (const [vendor, name] of ofVendor) assert.equal(familyOf(table, vendor, name)?.ends, null, name)
})

test('a wrong table names its rows', () => {
  const file = join(folder, 'models.yaml')
  writeFileSync(file, `families:\n  - { pattern: '(', vendor: openai, tokens: 5 }\nsuccessors: {}\n`)
  assert.throws(() => readModels(file), /families\[0\]\.pattern|families\[0\]\.tokens/)
})
