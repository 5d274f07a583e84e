/**
 * From nothing to the first lead that is booked, as a person does it: no .env, an empty account, `npm run setup` asked line by line, the start,
 * the webhook, the checks, a guest in Telegram. The services have their own names and TLS; behind those are the simulators.
 * `TRANSCRIPT=FILE npm test -- e2e/setup/first-lead.test.ts` writes what was asked, answered and said.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import { playLead } from '../../local/demo/play-lead.ts'
import { loadConfig, repository } from '../../local/settings/config.ts'
import { readEnvFile } from '../../local/settings/env-file.ts'
import { startSystem } from '../../local/system/system.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { startTelegram } from '../../simulators/telegram/start.ts'
import { ask, until } from '../system.ts'
import { serveRealHosts } from './real-hosts.ts'

const calendar = 'anna@northlight.example'
const bot = { token: '7000000042:AAE-the-token-of-a-bot-of-our-own-42', username: 'northlight_leads_bot' }
const client = { id: '42-abc.apps.googleusercontent.com', secret: 'GOCSPX-of-this-client' }
const keys = { openai: 'sk-proj-a-key-of-our-own-0123', anthropic: 'sk-ant-a-key-of-our-own-4567' }

test('from an empty .env and empty accounts to the first lead booked', async (t) => {
  const amocrm = await startAmocrm({ port: 0, account: 'fresh', lang: 'ru' })
  const telegram = await startTelegram({ port: 0, controlPort: 0 })
  const llm = await startLlm({ port: 0 })
  const google = await startGoogle({
    port: 0,
    clientId: client.id,
    clientSecret: client.secret,
    refreshToken: '1//0-of-anna',
    calendars: [{ id: calendar, timeZone: 'Europe/Moscow' }],
  })
  const folder = mkdtempSync(join(tmpdir(), 'lead-first-'))
  const extraCertificates = process.env.NODE_EXTRA_CA_CERTS
  t.after(async () => {
    await Promise.all([amocrm, telegram, llm, google].map((simulator) => simulator.close()))
    rmSync(folder, { recursive: true })
    if (extraCertificates === undefined) delete process.env.NODE_EXTRA_CA_CERTS
    else process.env.NODE_EXTRA_CA_CERTS = extraCertificates
  })
  const certificateFile = join(folder, 'ca.pem')
  const proxy = await serveRealHosts(
    t,
    {
      'demo.amocrm.ru': amocrm.url,
      'api.telegram.org': telegram.url,
      'api.openai.com': llm.url,
      'api.anthropic.com': llm.url,
      'accounts.google.com': google.url,
      'oauth2.googleapis.com': google.url,
      'www.googleapis.com': google.url,
    },
    certificateFile,
  )
  // What the machine of the company has, before anything of ours.
  const machine = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NODE_EXTRA_CA_CERTS: certificateFile }
  process.env.NODE_EXTRA_CA_CERTS = certificateFile
  copyFileSync(join(repository, '.env.example'), join(folder, '.env.example'))
  const [envFile, dataDir] = [join(folder, '.env'), join(folder, '.data')]
  await ask(`${telegram.url}/_sim/bots`, { json: { firstName: 'Northlight', ...bot } })
  const amocrmToken = String(
    (
      (await ask(`${amocrm.url}/_sim/tokens/long-lived`, { json: { days: 365, domain: 'amocrm.ru' } }))
        .body as { token: string }
    ).token,
  )
  const secrets = ['1//0-of-anna', bot.token, client.secret, keys.openai, keys.anthropic, amocrmToken]

  const transcript: string[] = []
  /** What the commands themselves printed. */
  let printed = ''
  const tell = (text: string) => void transcript.push(...text.trimEnd().split('\n'))
  /** A command as a person runs it: `lines` are typed, an address to log in at is opened. */
  async function command(
    title: string,
    file: string,
    args: string[],
    { lines = [], settings = {} }: { lines?: string[]; settings?: Record<string, string> } = {},
  ) {
    tell(`\n$ ${title}`)
    const child = spawn(process.execPath, [join(repository, 'local/commands', file), ...args], {
      env: { PATH: process.env.PATH, LANG: 'ru_RU.UTF-8', ...machine, ...settings },
    })
    let output = ''
    const waiting = [...lines]
    const hear = (chunk: unknown) => {
      output += String(chunk)
      printed += String(chunk)
      const [address] = /https:\/\/accounts\.google\.com\/\S+/.exec(String(chunk)) ?? []
      if (address) void fetch(address.replace('https://accounts.google.com', google.url)).catch(() => {})
      if (!output.endsWith(': ')) return
      const typed = waiting.shift()
      if (typed === undefined) return void child.stdin.end()
      output += `${typed}\n`
      child.stdin.write(`${typed}\n`)
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', hear)
    if (lines.length === 0) child.stdin.end()
    const [code] = (await once(child, 'close')) as [number]
    tell(output)
    assert.deepEqual(waiting, [], output)
    return { code, output }
  }

  const setup = await command('npm run setup', 'setup.ts', ['--env', envFile, '--data', dataDir], {
    lines: [
      ...['1', 'https://demo.amocrm.ru/leads/pipeline/', amocrmToken, 'да'],
      ...['1', bot.token],
      ...['1', '', keys.openai, ''],
      ...['1', '', keys.anthropic, ''],
      '',
      ...['1', calendar, client.id, client.secret, ''],
    ],
  })
  assert.equal(setup.code, 0, setup.output)
  assert.match(setup.output, /Всё в порядке/)
  const written = readEnvFile(envFile)
  assert.ok(Object.values(written).every((value) => !value?.startsWith('mock_')))

  // Whoever tries it at night has to be answered too.
  const environment = { ...machine, QUIET_HOURS: 'off' }
  const config = loadConfig({ folder, dataDir, environment, freePorts: true })
  assert.deepEqual(config.simulators, [])
  tell('\n$ npm start')
  const system = await startSystem({ config, log: tell, durable: false })
  t.after(() => system.stop())
  const server = ['--api', system.urls.api, '--token', config.settings.API_TOKEN]
  // The commands read the settings of this repository; these are of another folder.
  const settings = { AMOCRM_WEBHOOK_SECRET: config.settings.AMOCRM_WEBHOOK_SECRET }
  const subscribed = await command(
    'npm run amocrm -- subscribe',
    'amocrm.ts',
    ['subscribe', ...['--to', system.urls.n8n], ...server],
    { settings },
  )
  assert.equal(subscribed.code, 0, subscribed.output)
  const checked = await command('npm run amocrm -- check', 'amocrm.ts', ['check', ...server], { settings })
  assert.equal(checked.code, 0, checked.output)

  tell('\n# The first lead: a guest')
  const result = await playLead({
    urls: { ...system.urls, amocrm: amocrm.url, telegram: telegram.url, google: google.url },
    lang: 'ru',
    channel: 'bot',
    tags: ['ai:guest'],
    print: tell,
  })
  assert.deepEqual([result.booked, result.crmUpdated], [true, true], transcript.slice(-40).join('\n'))
  assert.equal(result.status, 'Встреча назначена')
  const events = (await ask(`${google.url}/_sim/events`)).body as { id: string; hangoutLink?: string }[]
  const booked = (await ask(`${amocrm.url}/_sim/leads/${result.leadId}`)).body as {
    fields: Record<string, unknown>
    lead: { tags: string[] }
  }
  const { NEED, LANGUAGE, MEETING_AT, MEETING_LINK, TELEGRAM_LINK } = booked.fields
  assert.match(String(NEED), /теряем заявки/)
  assert.match(String(TELEGRAM_LINK), /t\.me\/northlight_leads_bot\?start=/)
  assert.deepEqual(
    [LANGUAGE, MEETING_AT, MEETING_LINK, booked.lead.tags.toSorted()],
    [
      'ru',
      Date.parse(result.event!.start) / 1000,
      events.find(({ id }) => id === result.event!.id)?.hangoutLink,
      ['AI', 'ai:guest'],
    ],
  )
  const again = await command('npm run amocrm -- setup', 'amocrm.ts', ['setup', ...server], { settings })
  assert.match(again.output, /есть: 17, создано: 0, вручную: 0/)

  if (process.env.TRANSCRIPT) writeFileSync(process.env.TRANSCRIPT, readable(transcript, secrets, folder))

  // Nobody but guests: the card beside is not touched.
  const other = await ask(`${amocrm.url}/_sim/leads`, {
    json: { name: 'Не гость', contact: { name: 'Пётр', phone: '+79165550000' } },
  })
  const { leadId } = other.body as { leadId: number }
  const db = new Client({ connectionString: system.databaseUrl })
  await db.connect()
  await until(
    "the other lead's turn is over before anybody thought",
    async () =>
      (await db.query(`select from turns where lead_id = $1 and state = 'cancelled'`, [leadId])).rowCount,
  )
  await db.end()
  const card = (await ask(`${amocrm.url}/_sim/leads/${leadId}`)).body as {
    notes: unknown[]
    tasks: unknown[]
  }
  assert.deepEqual([card.notes, card.tasks], [[], []])

  assert.deepEqual([...new Set(proxy.carried)].sort(), [
    'api.anthropic.com:443',
    'api.openai.com:443',
    'api.telegram.org:443',
    'demo.amocrm.ru:443',
    'oauth2.googleapis.com:443',
    'www.googleapis.com:443',
  ])
  assert.ok(!secrets.some((secret) => printed.includes(secret)), 'a secret is shown')
})

/** Without what must not be read, and without the folder of the test. */
const readable = (lines: string[], secrets: string[], folder: string) =>
  `${secrets
    .reduce((text, secret) => text.replaceAll(secret, '••••'), lines.join('\n'))
    .replaceAll(folder, '~/leads')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()}\n`
