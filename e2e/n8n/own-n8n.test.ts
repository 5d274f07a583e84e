import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Client } from 'pg'
import { playLead } from '../../local/demo/play-lead.ts'
import { googleOverwrite, n8nDatabase } from '../../local/n8n/n8n.ts'
import { findFreePort } from '../../local/processes/ports.ts'
import { loadConfig, repository } from '../../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../../local/settings/data-folder.ts'
import { simulatedSettings } from '../../local/settings/simulated-settings.ts'
import { effectiveVariables } from '../../local/settings/service-environments.ts'
import { startSystem, type System } from '../../local/system/system.ts'
import { until } from '../system.ts'
import { installOurNodes, makeApiKey, startPlainN8n } from './plain-n8n.ts'

type Workflow = {
  id: string
  name: string
  active: boolean
  nodes: { name: string }[]
  settings: Record<string, unknown>
}

describe('an n8n that somebody has already', () => {
  const dataDir = makeTemporaryDataFolder()
  const userFolder = join(dataDir, 'theirs')
  let system: System
  let n8n: Awaited<ReturnType<typeof startPlainN8n>>
  let key: string
  let start: () => ReturnType<typeof startPlainN8n>

  before(async () => {
    const port = await findFreePort()
    const config = loadConfig({
      dataDir,
      freePorts: true,
      environment: {
        ...process.env,
        ...simulatedSettings,
        N8N_URL: `http://127.0.0.1:${port}`,
        N8N_ELSEWHERE: 'true',
      },
    })
    system = await startSystem({ config, log: () => {}, durable: false })
    start = () =>
      startPlainN8n({
        userFolder,
        port,
        database: n8nDatabase(config, system.databaseUrl),
        environment: googleOverwrite(config),
      })
    n8n = await start()
    key = await makeApiKey(n8n.url)
  })
  after(async () => {
    await n8n?.stop()
    await system?.stop()
    removeDataFolder(dataDir)
  })

  /** The command as a person gives it. */
  async function install(...more: string[]) {
    const child = spawn(
      process.execPath,
      [join(repository, 'local/commands/n8n.ts'), 'install', '--data', dataDir, '--url', n8n.url, ...more],
      {
        env: { ...process.env, ...effectiveVariables(system.config), N8N_API_KEY: key },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, output }
  }

  async function api<Answer>(path: string, method = 'GET', json?: unknown): Promise<Answer> {
    const response = await fetch(`${n8n.url}/api/v1${path}`, {
      method,
      headers: { 'X-N8N-API-KEY': key, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    assert.ok(response.ok, `${path}: ${response.status}`)
    return (await response.json()) as Answer
  }
  const workflows = async () => (await api<{ data: Workflow[] }>('/workflows?limit=50')).data

  test('the system runs none of its own then', () => {
    assert.equal(system.processes.n8n, undefined)
    assert.ok(system.processes.api)
  })

  test('a wrong key, a wrong address: said in one sentence, with the mend', async () => {
    const wrong = await install('--api-key', 'nonsense')
    assert.notEqual(wrong.code, 0)
    assert.match(wrong.output, /refuses the key\. Make one in n8n's editor/)
    const nobody = await install('--url', `http://127.0.0.1:${await findFreePort()}`)
    assert.notEqual(nobody.code, 0)
    assert.match(nobody.output, /does not answer .*is that where n8n's editor opens\?/)
    const other = await install('--url', system.urls.api)
    assert.match(other.output, /is no n8n with a public API/)
  })

  test('without our nodes nothing is written there, and the steps are said', async () => {
    const { code, output } = await install()
    assert.notEqual(code, 0)
    assert.match(output, /does not have the package n8n-nodes-lead-processing/)
    assert.match(output, /npm install --omit=peer .*n8n-nodes-lead-processing-[\d.]+\.tgz/)
    assert.deepEqual(await workflows(), [])
    assert.deepEqual((await api<{ data: unknown[] }>('/credentials')).data, [])
  })

  test('with them it brings credentials and workflows, publishes, and says what is left to do', async () => {
    await n8n.stop()
    installOurNodes(userFolder)
    n8n = await start()
    const { code, output } = await install()
    assert.equal(code, 0, output)
    for (const part of [
      'OpenAI',
      'Google Calendar',
      'Turn webhook',
      'lead-processing',
      'lead-processing-agent',
      'lead-intake',
      'calendar-sync',
      'enrich',
      'errors',
    ])
      assert.match(output, new RegExp(`^${part}: (made|imported and published)$`, 'm'))
    assert.match(output, /CREDENTIALS_OVERWRITE_DATA=/)
    assert.ok(
      !output.includes(system.config.settings.API_TOKEN) && !output.includes(key),
      'no secret is said',
    )
    const there = await workflows()
    assert.deepEqual(there.map(({ name, active }) => [name, active]).toSorted(), [
      ['calendar-sync', true],
      ['enrich', true],
      ['errors', true],
      ['lead-intake', true],
      ['lead-processing', true],
      ['lead-processing-agent', true],
    ])
    const errors = there.find(({ name }) => name === 'errors')?.id
    for (const { name, settings } of there)
      if (name !== 'errors') assert.equal(settings.errorWorkflow, errors, name)
  })

  test('once more changes nothing', async () => {
    const { code, output } = await install()
    assert.equal(code, 0, output)
    assert.equal(output.match(/unchanged$/gm)?.length, 11, output)
    assert.equal((await workflows()).length, 6)
  })

  test('one lead is carried to a booking there', async () => {
    await until('n8n serves the door for turns', async () => {
      const { status } = await fetch(`${n8n.url}/webhook/lead-processing`, { method: 'POST' })
      return status !== 404
    })
    const played = await playLead({ urls: system.urls, lang: 'en', print: () => {} })
    assert.equal(played.booked, true)
    assert.equal(played.crmUpdated, true)
    const { data } = await api<{ data: { workflowId: string; status: string }[] }>('/executions?limit=50')
    const turns = (await workflows()).find(({ name }) => name === 'lead-processing')?.id
    assert.ok(data.filter(({ workflowId }) => workflowId === turns).length >= 3)
    // The console leads there, not to the id that our file has.
    const db = new Client({ connectionString: system.databaseUrl })
    await db.connect()
    const { rows } = await db.query('select distinct workflow_id from turns where execution_id is not null')
    await db.end()
    assert.deepEqual(rows, [{ workflow_id: turns }])
  })

  test('what a person edits there stays, is named, and is written into a file before ours takes its place', async () => {
    const { id } = (await workflows()).find(({ name }) => name === 'calendar-sync')!
    const { name, nodes, connections, settings } = await api<Workflow & { connections: unknown }>(
      `/workflows/${id}`,
    )
    const theirs = { name, connections, settings, nodes: [...nodes, { ...note, position: [0, -400] }] }
    await api(`/workflows/${id}`, 'PUT', theirs)
    const kept = await install()
    assert.equal(kept.code, 1)
    assert.match(kept.output, /! calendar-sync: somebody edited it/)
    const hasNote = async () =>
      (await api<Workflow>(`/workflows/${id}`)).nodes.some((node) => node.name === note.name)
    assert.equal(await hasNote(), true)

    const replaced = await install('--replace')
    assert.equal(replaced.code, 0, replaced.output)
    assert.equal(await hasNote(), false)
    const file = /theirs is in (\S+\.json)/.exec(replaced.output)?.[1] ?? ''
    assert.ok(existsSync(file) && readFileSync(file, 'utf8').includes(note.name))
  })

  test('on a machine that remembers nothing no second one is made: what is there is named', async () => {
    rmSync(join(dataDir, 'n8n-elsewhere.json'))
    const { code, output } = await install()
    assert.equal(code, 1)
    assert.equal(output.match(/^! /gm)?.length, 6, output)
    assert.equal((await workflows()).length, 6)
  })
})

const note = {
  id: 'a-note-of-theirs',
  name: 'A note of theirs',
  type: 'n8n-nodes-base.stickyNote',
  typeVersion: 1,
  parameters: { content: 'ours' },
}
