import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, test } from 'node:test'
import { loadConfig, repository } from '../../local/settings/config.ts'
import { ask } from '../system.ts'
import { startSetupWorld } from './setup-world.ts'

describe('npm run setup', async () => {
  const world = await startSetupWorld()
  const { real, ports, envFile } = world
  const { folder, dataDir } = ports.place
  const load = () => loadConfig({ folder, dataDir, environment: {} })
  beforeEach(() => rmSync(envFile, { force: true }))
  const nothingSecret = (output: string) => {
    for (const secret of world.secrets) assert.ok(!output.includes(secret), 'a secret is shown')
  }

  const amocrm = ['1', `${world.urls.amocrm}/leads/pipeline/?skip=1`, `Bearer ${real['AMOCRM_API_KEY']}`]
  const whole = [
    ...amocrm,
    'y',
    ...['1', real['TELEGRAM_BOT_TOKEN'] ?? ''],
    ...['1', `${world.urls.llm}/v1`, real['OPENAI_API_KEY'] ?? '', ''],
    ...['1', world.urls.llm, `"${real['ANTHROPIC_API_KEY']}"`, ''],
    '',
    ...[
      '1',
      real['GOOGLE_CALENDAR_EMAIL'] ?? '',
      real['GOOGLE_CLIENT_ID'] ?? '',
      real['GOOGLE_CLIENT_SECRET'] ?? '',
      '',
    ],
  ]

  test('from an empty .env and an empty account to everything real, and npm start takes the file', async () => {
    const { checked, output } = await world.play(whole)
    assert.equal(checked?.ok, true, output)
    assert.deepEqual(world.values(), real)
    assert.equal(statSync(envFile).mode & 0o777, 0o600)
    nothingSecret(output)
    const config = load()
    assert.deepEqual(config.simulators, [])
    assert.equal(config.settings.OPENAI_MODEL, 'gpt-6-luna')
    assert.ok(config.settings.API_TOKEN.length >= 16)
    assert.match(output, /made stage "Встреча назначена"/)
    assert.match(
      output,
      /✔ amoCRM \/ Kommo +real: long-lived token +account, rights.* +npm start, then npm run amocrm -- subscribe/,
    )
    assert.match(output, /✔ Telegram .*@|✔ bot: @own_sales_bot/)
    assert.match(output, /✔ calendar anna@company\.example: busy times, events, guest, Meet/)
    assert.match(output, /· Voice messages +off/)
    assert.match(output, /Nothing is wrong/)
    const { body } = await ask(`${world.urls.amocrm}/_sim/journal`)
    const { entries } = body as { entries: { overLimit?: boolean }[] }
    assert.ok(entries.length > 20)
    assert.ok(!entries.some(({ overLimit }) => overLimit), 'amoCRM was asked faster than it allows')
  })

  test('a repeat: what is set is shown masked, Enter keeps it, and not a byte changes', async () => {
    world.write(real, '# mine\nUNKNOWN=1\n')
    const before = world.text()
    const { checked, output } = await world.play(Array.from({ length: 30 }, () => ''))
    assert.equal(checked?.ok, true, output)
    assert.equal(world.text(), before)
    assert.match(output, new RegExp(`AMOCRM_API_KEY \\[••••${real['AMOCRM_API_KEY']?.slice(-4)}\\]`))
    assert.match(output, /GOOGLE_CALENDAR_EMAIL \[anna@company\.example\]/)
    nothingSecret(output)
  })

  test('who leaves keeps what was checked; the next run goes on from there', async () => {
    const { checked, output } = await world.play([...amocrm, '1', '7000000042:AAE-half-of'])
    assert.equal(checked, null)
    assert.match(output, /Left\. What was checked stands in/)
    assert.deepEqual(Object.keys(world.values()).toSorted(), ['AMOCRM_API_KEY', 'AMOCRM_BASE_URL'])
    assert.deepEqual(load().simulators, ['telegram', 'llm', 'google'])
    assert.deepEqual(readdirSync(folder).toSorted(), ['.data', '.env', '.env.example'])
    const again = await world.play(['', '', '', ...whole.slice(amocrm.length + 1)])
    assert.equal(again.checked?.ok, true, again.output)
    assert.deepEqual(world.values(), real)
  })

  test('a value is written only when its check passes, or when the person wants it all the same', async () => {
    const wrong = ['1', '7000000042:AAE-not-the-token-of-any-bot-at-all']
    const rest = ['', '', '', '']
    const left = await world.play(['', ...wrong, '3', ...rest])
    assert.match(
      left.output,
      /✘ token: Telegram does not know the bot's token.*\n +-> copy TELEGRAM_BOT_TOKEN anew: @BotFather/,
    )
    assert.equal(world.text(), '')
    const kept = await world.play(['', ...wrong, '2', ...rest])
    assert.equal(kept.checked?.ok, false)
    assert.match(kept.output, /✘ Telegram/)
    assert.deepEqual(world.values(), { TELEGRAM_MODE: 'bot', TELEGRAM_BOT_TOKEN: wrong[1] })
    const mended = await world.play([
      '',
      '1',
      wrong[1] ?? '',
      '',
      '',
      '1',
      real['TELEGRAM_BOT_TOKEN'] ?? '',
      ...rest,
    ])
    assert.match(
      mended.output,
      /! Telegram is real and this is simulated: amoCRM \/ Kommo, OpenAI, Anthropic \(Claude\), Google Calendar/,
    )
    assert.equal(world.values()['TELEGRAM_BOT_TOKEN'], real['TELEGRAM_BOT_TOKEN'])
  })

  test('a value of a wrong shape, of the example or of a simulator is asked for again', async () => {
    const typed = [
      '9',
      '3',
      '12x',
      'mock_1',
      '1234567',
      'abc',
      '0123456789ABCDEF0123456789abcdef',
      '',
      '8 999 1',
      '+7 (999) 123-45-67',
    ]
    const { output } = await world.play(['', ...typed, '', '', '', ''])
    assert.match(output, /That is none of the numbers/)
    assert.match(output, /TELEGRAM_API_ID: must be the number/)
    assert.match(output, /A value with mock_/)
    assert.match(output, /TELEGRAM_PHONE: must be \+ and 7 to 15 digits/)
    assert.match(output, /This is needed/)
    assert.doesNotMatch(output, /\[\+79990000001\]/, 'the phone of the example is nobody to keep')
    assert.deepEqual(world.values(), {
      TELEGRAM_API_ID: '1234567',
      TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
      TELEGRAM_PHONE: '+79991234567',
    })
  })

  test('back to the simulator: the key goes, comments, order and unknown lines stay; what is public is made anew', async () => {
    world.write(real, '# mine\nN8N_BASIC_AUTH_PASSWORD=password123 # change\nUNKNOWN="a # b"\n')
    const before = world.text()
    const { checked, output } = await world.play(['0', '', '', '0', '0', '', '0', 'д'], { language: 'ru' })
    assert.equal(checked?.ok, true, output)
    assert.equal(
      world.text(),
      before
        .replace(/AMOCRM_API_KEY=.*/, 'AMOCRM_API_KEY=mock_key_123')
        .replace(/OPENAI_API_KEY=.*/, 'OPENAI_API_KEY=mock_openai_789')
        .replace(/ANTHROPIC_API_KEY=.*/, 'ANTHROPIC_API_KEY=mock_anthropic_321')
        .replace(/GOOGLE_CLIENT_ID=.*/, 'GOOGLE_CLIENT_ID=mock_client_id')
        .replace(/GOOGLE_CLIENT_SECRET=.*/, 'GOOGLE_CLIENT_SECRET=mock_secret')
        .replace(/GOOGLE_REFRESH_TOKEN=.*/, 'GOOGLE_REFRESH_TOKEN=mock_refresh')
        .replace('=password123', '='),
    )
    assert.match(output, /интеграция +настоящая или симулятор/)
    assert.ok(load().settings.N8N_BASIC_AUTH_PASSWORD.length >= 8)
  })

  test('a variable that comes from a file gives way, and one of the environment is told of', async () => {
    world.write({ AMOCRM_BASE_URL: world.urls.amocrm, AMOCRM_API_KEY_FILE: join(folder, 'none') })
    const place = { ...ports.place, environment: { AMOCRM_BASE_URL: 'http://127.0.0.1:1' } }
    const { output } = await world.play([...amocrm, '', '', '', '', ''], { place })
    assert.match(output, /AMOCRM_BASE_URL is set in the environment of this terminal too/)
    assert.deepEqual(world.values(), {
      ...world.values(),
      AMOCRM_API_KEY: real['AMOCRM_API_KEY'],
      AMOCRM_API_KEY_FILE: '',
    })
  })

  describe('as a command', () => {
    const script = join(repository, 'local/commands/setup.ts')
    function run(...args: string[]) {
      const child = spawn(process.execPath, [script, ...args, '--env', envFile, '--data', dataDir], {
        env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8' },
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output += String(chunk)))
      const ended = once(child, 'close').then(([code]) => Number(code))
      return { child, ended, output: () => output }
    }
    // No variable moves Telegram and Google: those stay simulated here.
    const reachable = Object.fromEntries(
      Object.entries(real).filter(([name]) => /^(AMOCRM|OPENAI|ANTHROPIC)/.test(name)),
    )

    test('a script plays it line by line, then --check agrees; a revoked token is exit code 1', async () => {
      const played = run('--language', 'ru')
      played.child.stdin.end(
        `${[...amocrm, '', '1', `${world.urls.llm}/v1`, reachable['OPENAI_API_KEY'], '', '', '', ''].join('\n')}\n`,
      )
      assert.equal(await played.ended, 0, played.output())
      assert.match(played.output(), /Всё в порядке/)
      nothingSecret(played.output())
      const good = run('--check', '--json')
      assert.equal(await good.ended, 0, good.output())
      const { ok, parts } = JSON.parse(good.output()) as {
        ok: boolean
        parts: { part: string; real: boolean }[]
      }
      assert.deepEqual(
        [ok, parts.filter((one) => one.real).map(({ part }) => part)],
        [true, ['amocrm', 'openai']],
      )
      await world.control('amocrm', 'tokens/settings', { refuseAll: true })
      const before = world.text()
      const bad = run('--check')
      assert.equal(await bad.ended, 1, bad.output())
      assert.match(bad.output(), /✘ token: amoCRM refuses the token.*\n +-> make a new one/)
      assert.equal(world.text(), before)
      await world.control('amocrm', 'tokens/settings', { refuseAll: false })
    })

    test('Ctrl-C in the middle leaves a whole .env', async () => {
      world.write(reachable)
      const before = world.text()
      const left = run()
      left.child.stdin.write('0\n')
      while (!/\nTelegram\n[^]*Number: /.test(left.output())) await once(left.child.stdout, 'data')
      left.child.kill('SIGINT')
      assert.equal(await left.ended, 1)
      assert.match(left.output(), /Left\. What was checked/)
      assert.equal(world.text(), before.replace(/AMOCRM_API_KEY=.*/, 'AMOCRM_API_KEY=mock_key_123'))
    })

    test('--help explains, a wrong option is exit code 2', async () => {
      const help = run('--help')
      assert.equal(await help.ended, 0)
      assert.match(help.output(), /npm run setup -- --check/)
      assert.equal(await run('--chek').ended, 2)
    })
  })
})
