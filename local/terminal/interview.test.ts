import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { openInterview } from './interview.ts'

/** A terminal: keys go in, what the screen got comes out. */
function openTerminal() {
  const keys = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} })
  const screen = new PassThrough()
  let shown = ''
  screen.on('data', (chunk) => (shown += String(chunk)))
  return {
    person: openInterview(keys, screen),
    press: (typed: string) => keys.write(typed),
    shown: () => shown,
  }
}

test('a secret is not shown while it is typed, another answer is', async () => {
  const { person, press, shown } = openTerminal()
  const name = person.ask('Name: ')
  press('anna \r')
  assert.equal(await name, 'anna')
  const secret = person.askSecret('Key: ')
  press('hidden-key')
  press('\r')
  assert.equal(await secret, 'hidden-key')
  const next = person.ask('More: ')
  press('seen\r')
  assert.equal(await next, 'seen')
  assert.match(shown(), /Name: .*anna[^]*Key: [^]*More: .*seen/)
  assert.doesNotMatch(shown(), /hidden|key-/)
})

test('Ctrl-C and Ctrl-D end the questions', async () => {
  for (const key of ['\u0003', '\u0004']) {
    for (const ask of ['ask', 'askSecret'] as const) {
      const { person, press } = openTerminal()
      const answer = person[ask]('Name: ')
      press(key)
      assert.equal(await answer, null)
    }
  }
})

test('a script gives a line for each question, and null when it has no more', async () => {
  const lines = new PassThrough()
  const person = openInterview(lines, new PassThrough())
  lines.end('one\n  two  \n\n')
  const answers = []
  for (let asked = 0; asked < 4; asked++) answers.push(await person[asked % 2 ? 'askSecret' : 'ask']('? '))
  assert.deepEqual(answers, ['one', 'two', '', null])
  person.close()
})
