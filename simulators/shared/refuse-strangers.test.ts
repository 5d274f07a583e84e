import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startAmocrm } from '../amocrm/start.ts'
import { startGoogle } from '../google/start.ts'
import { startLlm } from '../llm/start.ts'
import { startTelegram } from '../telegram/start.ts'
import { openStateFile } from './state-file.ts'

const running = {
  amocrm: await startAmocrm({ port: 0 }),
  google: await startGoogle({ port: 0 }),
  llm: await startLlm({ port: 0 }),
  telegram: await startTelegram({ port: 0, controlPort: 0 }),
}
after(async () => {
  for (const simulator of Object.values(running)) await simulator.close()
})

/** `fetch` would not let a header Host be set. */
const ask = (url: string, method: string, path: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const asking = request(url + path, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode!)
    })
    asking.on('error', reject)
    asking.end()
  })

for (const [name, { url }] of Object.entries(running)) {
  const own = new URL(url).host
  test(`${name}: a page of another origin cannot write, nor read under a name of its own`, async () => {
    const refused: [string, string, Record<string, string>][] = [
      ['POST', '/_sim/reset', { origin: 'https://evil.example' }],
      ['POST', '/_sim/reset', { origin: 'null' }],
      ['POST', '/_sim/reset', { origin: `http://127.0.0.1:1` }],
      ['POST', '/_sim/reset', { 'sec-fetch-site': 'cross-site' }],
      ['POST', '/_sim/reset', { host: 'evil.example', origin: 'http://evil.example' }],
      ['GET', '/_sim/journal', { host: 'evil.example' }],
      ['GET', '/', { host: 'localhost.evil.example' }],
      ['DELETE', '/_sim/faults', { origin: 'https://evil.example' }],
    ]
    for (const [method, path, headers] of refused)
      assert.equal(await ask(url, method, path, headers), 403, `${method} ${path} ${JSON.stringify(headers)}`)
  })

  test(`${name}: its own page and programs can`, async () => {
    for (const host of [
      own,
      'localhost',
      'localhost:4010',
      'simulators:4010',
      '[::1]:4010',
      'amo.localhost',
    ]) {
      assert.equal(await ask(url, 'DELETE', '/_sim/faults', { host, origin: `http://${host}` }), 204, host)
      assert.equal(await ask(url, 'DELETE', '/_sim/faults', { host }), 204, host)
    }
    assert.equal(await ask(url, 'GET', '/', { origin: 'https://evil.example' }), 200)
  })
}

test('a state file is for its owner only, also one that was readable before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'state-'))
  after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'world.json')
  for (const name of [file, `${file}.new`]) {
    writeFileSync(name, '{}')
    chmodSync(name, 0o644)
  }
  openStateFile(file, () => ({})).flush()
  assert.equal(statSync(file).mode & 0o777, 0o600)
})
