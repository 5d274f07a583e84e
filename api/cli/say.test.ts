import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'

const answer = z.union([
  z.strictObject({ passes: z.boolean(), rule: z.string().optional(), text: z.string() }),
  z.strictObject({ error: z.string() }),
])

function say(args: string[], input = '') {
  const file = join(import.meta.dirname, 'say.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], { input, encoding: 'utf8' })
  return {
    stdout,
    stderr,
    status,
    answers: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => answer.parse(JSON.parse(line))),
  }
}

test('say answers a line for a line, and a bad line names its field and stops nothing', () => {
  const lines = [
    JSON.stringify({ language: 'ru', text: 'Марта, здравствуйте!', lead: { name: 'Марта' } }),
    JSON.stringify({ language: 'xx', text: 'Hello' }),
    'nope',
    JSON.stringify({ language: 'en', text: '**Half price** today', lead: {} }),
    JSON.stringify({
      language: 'en',
      text: 'Hi ivan@mail.example! How are you?',
      lead: { name: 'ivan@mail.example' },
    }),
  ]
  const { answers, stderr, status } = say([], `${lines.join('\n')}\n`)
  const [good, badField, notJson, refused, junk] = answers()
  assert.deepEqual(good, { passes: true, text: 'Марта, здравствуйте!' })
  assert.match(JSON.stringify(badField), /error.*language/)
  assert.match(JSON.stringify(notJson), /error.*not JSON/)
  assert.deepEqual(refused, {
    passes: false,
    rule: 'a discount that is not in the knowledge',
    text: 'Half price today',
  })
  assert.deepEqual(junk, { passes: true, text: 'Hi! How are you?' })
  assert.match(stderr, /^line 2: language: .+\nline 3: not JSON: nope\n$/)
  assert.equal(status, 1)
})

test('say takes one text as an argument', () => {
  const refused = say(['Откройте', 'evil.app'])
  assert.deepEqual(refused.answers(), [{ passes: false, rule: 'a link', text: 'Откройте evil.app' }])
  assert.equal(refused.status, 0)
  const named = say(['May, thanks for your request!', '--language', 'en', '--name', 'May'])
  assert.deepEqual(named.answers(), [{ passes: true, text: 'May, thanks for your request!' }])
})

test('say explains itself, and what it does not take', () => {
  assert.match(say(['--help']).stdout, /npm run -s say[\s\S]*Exit codes/)
  const { stderr, status } = say(['--colour', 'x'])
  assert.match(stderr, /--colour: unknown option/)
  assert.equal(status, 1)
})
