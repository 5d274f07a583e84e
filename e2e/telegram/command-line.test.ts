import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { createServer } from '../../api/src/http/server.ts'
import { setHalted } from '../../api/src/telegram/halt.ts'
import { openOffice, stateOf, until } from './open-office.ts'

const command = join(import.meta.dirname, '../../local/commands/telegram.ts')

test('npm run telegram: log out, log in by the QR code in the terminal, status, rotate-key', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  const server = await createServer(desk)
  const api = await server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => server.close())

  function run(...args: string[]) {
    const child = spawn(process.execPath, [
      command,
      ...args,
      '--api',
      api,
      '--token',
      desk.config.apiToken,
      '--lang',
      'en',
    ])
    t.after(() => child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    return { ended, output: () => output }
  }

  const out = run('logout')
  assert.equal(await out.ended, 0, out.output())
  assert.match(out.output(), /^main {2}logged_out/)

  const login = run('login')
  await until('the QR code is drawn', () => login.output().includes('█'))
  const { qr } = await desk.telegram.status()
  assert.equal(login.output().includes(qr!.url), false, 'the code is drawn, not written')
  await office.world.control('qr', { url: qr!.url })
  assert.equal(await login.ended, 0, login.output())
  assert.match(login.output(), /The account is online/)
  assert.equal(await stateOf(desk), 'online')

  const status = run('status')
  assert.equal(await status.ended, 0)
  assert.match(status.output(), /^main {2}online/)
  const check = run('check')
  assert.equal(await check.ended, 0, check.output())
  assert.match(check.output(), /^main: online \(Sales, @northlight_sales, \+79990000001, \d+\)/)
  assert.match(check.output(), /✔ send \(tried in Saved Messages\)/)
  await setHalted(desk.db, true, { by: 'human', reason: null })
  const halted = run('check', '--json')
  assert.equal(await halted.ended, 1, halted.output())
  const [main] = JSON.parse(halted.output()) as { problems: { what: string; fix: string }[] }[]
  assert.deepEqual(
    main!.problems.map(({ what }) => what),
    ['all sending is stopped by hand'],
  )
  await setHalted(desk.db, false, { by: 'human', reason: null })
  const rotate = run('rotate-key')
  assert.equal(await rotate.ended, 0)
  assert.match(rotate.output(), /Sealed anew: 0/)
  const wrong = run('login', '--account', 'No!')
  assert.equal(await wrong.ended, 1)
})
