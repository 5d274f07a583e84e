import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, test } from 'node:test'
import type { Values } from '../../local/setup/part.ts'
import { showSetup } from '../../local/setup/show-setup.ts'
import { texts } from '../../texts/index.ts'
import { ask } from '../system.ts'
import { startSetupWorld } from './setup-world.ts'

describe('npm run setup -- --check on broken set-ups: each fault with its mend, and nothing else', async () => {
  const world = await startSetupWorld()
  const { real, control, urls, ports } = world
  const { folder } = ports.place
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const spoil = (simulator: keyof typeof urls, match: object, given: object) =>
    control(simulator, 'faults', { match, fault: given, times: 9 })
  const userbot = {
    TELEGRAM_MODE: 'userbot',
    TELEGRAM_API_ID: '1234567',
    TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
    TELEGRAM_PHONE: '+79991234567',
  }

  // What a fresh account lacks is made, as a person lets it be made.
  await world.play(['1', urls.amocrm, real['AMOCRM_API_KEY'] ?? '', 'y', '', '', '', '', ''])

  beforeEach(async () => {
    for (const url of Object.values(urls)) await ask(`${url}/_sim/faults`, { method: 'DELETE' })
    await control('amocrm', 'tokens/settings', { refuseAll: false })
    await control('amocrm', 'account', { rights: 'admin' })
    await control('llm', 'mode', { mode: 'modest' })
    await control('google', 'reset')
    await control('google', 'consent')
  })

  type Case = [name: string, change: () => Values | Promise<Values>, says: RegExp[], at?: Date]
  const spoiled = async (spoiling: Promise<unknown>, change: Values = {}) => {
    await spoiling
    return change
  }
  const cases: Case[] = [
    ['a good one', () => ({}), []],
    ['a good one with a user account', () => userbot, []],
    [
      'the amoCRM token has ended',
      async () => ({ AMOCRM_API_KEY: await world.amocrmToken({ days: -2 }) }),
      [/^amocrm: token: amoCRM refuses the token: .*ended on \d{4}-.* -> make a new one as an administrator/],
    ],
    [
      'amoCRM does not know the token',
      () => spoiled(control('amocrm', 'tokens/settings', { refuseAll: true })),
      [
        /^amocrm: token: amoCRM refuses the token: .*was refused.* -> make a new one.*correct AMOCRM_BASE_URL/,
      ],
    ],
    [
      'the amoCRM token ends soon',
      async () => ({ AMOCRM_API_KEY: await world.amocrmToken({ days: 5 }) }),
      [/^amocrm: token: the long-lived token ends on .* -> make a new one in the integration, tab Keys/],
    ],
    [
      'the token is of another account',
      async () => ({ AMOCRM_API_KEY: await world.amocrmToken({ days: 365, accountId: 4711 }) }),
      [
        /^amocrm: account: the token says it is of the account 4711, and AMOCRM_BASE_URL leads to the account 31000001.* -> take token and AMOCRM_BASE_URL from the same account/,
      ],
    ],
    [
      'the token is of the other service',
      async () => ({ AMOCRM_API_KEY: await world.amocrmToken({ days: 365, domain: 'kommo.com' }) }),
      [
        /^amocrm: AMOCRM_API_KEY: is a token of kommo\.com .*, and AMOCRM_BASE_URL is 127\.0\.0\.1 -> correct it/,
      ],
    ],
    [
      'nobody is at the address of amoCRM',
      () => ({ AMOCRM_BASE_URL: 'http://127.0.0.1:1' }),
      [
        /^amocrm: account: 127\.0\.0\.1 is not reached .* -> correct AMOCRM_BASE_URL: the address that the browser shows/,
      ],
    ],
    [
      'something else is at the address of amoCRM',
      () => ({ AMOCRM_BASE_URL: urls.llm }),
      [/^amocrm: account: 127\.0\.0\.1 is no amoCRM account .* -> correct AMOCRM_BASE_URL/],
    ],
    [
      'the address of amoCRM is missing',
      () => ({ AMOCRM_BASE_URL: '' }),
      [
        /^amocrm: AMOCRM_BASE_URL: is needed with a real AMOCRM_API_KEY -> correct it in \.env, for example AMOCRM_BASE_URL=https/,
      ],
    ],
    [
      'the amoCRM token is of no administrator',
      () => spoiled(control('amocrm', 'account', { rights: 'user' })),
      [
        /^amocrm: rights of the token's user: is no administrator.* -> make the token as an administrator/,
        /^amocrm: webhooks: cannot be read .* -> webhooks by API need the tariff/,
      ],
    ],
    [
      'the api_id of Telegram is missing',
      () => ({ ...userbot, TELEGRAM_API_ID: '' }),
      [
        /^telegram: TELEGRAM_API_ID: is needed while TELEGRAM_MODE is userbot -> correct it in \.env, for example TELEGRAM_API_ID=1234567/,
      ],
    ],
    [
      'the api_id of Telegram is still the example',
      () => ({ ...userbot, TELEGRAM_API_ID: 'mock_12345' }),
      [/^telegram: TELEGRAM_API_ID: is still a mock_ value while TELEGRAM_API_HASH is real -> correct it/],
    ],
    [
      'api_id and api_hash do not belong together',
      () =>
        spoiled(spoil('telegram', { method: 'auth.exportLoginToken' }, { error: 'API_ID_INVALID' }), userbot),
      [
        /^telegram: api_id and api_hash: Telegram says API_ID_INVALID -> TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong/,
      ],
    ],
    [
      'Telegram does not know the token of the bot',
      () => ({ TELEGRAM_BOT_TOKEN: '7000000042:AAE-revoked-by-its-owner-yesterday' }),
      [
        /^telegram: token: Telegram does not know the bot's token -> copy TELEGRAM_BOT_TOKEN anew: @BotFather/,
      ],
    ],
    [
      'the secretary has no business mode',
      async () => {
        const TELEGRAM_BOT_TOKEN = '7000000077:AAE-a-bot-that-is-nobodys-secretary'
        const bot = {
          firstName: 'Plain',
          username: 'plain_bot',
          token: TELEGRAM_BOT_TOKEN,
          withoutBusinessMode: true,
        }
        return spoiled(control('telegram', 'bots', bot), { TELEGRAM_MODE: 'secretary', TELEGRAM_BOT_TOKEN })
      },
      [/^telegram: business mode: @plain_bot may be nobody's secretary -> @BotFather.*Business Mode/],
    ],
    [
      'the address for Telegram has no TLS',
      () => ({ PUBLIC_URL: 'http://leads.example.com' }),
      [/^telegram: PUBLIC_URL: must begin with https:\/\//],
    ],
    [
      'OpenAI does not take the key',
      () => ({ OPENAI_API_KEY: 'bad_key' }),
      [
        /^openai: gpt-6-luna: 401 \(the key is not taken\).* -> copy OPENAI_API_KEY anew, or make a new key: platform\.openai\.com/,
      ],
    ],
    [
      'the account of OpenAI has no money',
      () => spoiled(control('llm', 'mode', { mode: 'unpaid', vendor: 'openai' })),
      [/^openai: gpt-6-luna: 429 .* -> pay or raise the limit: platform\.openai\.com > Settings > Billing/],
    ],
    [
      'the account of Anthropic has no money, which it says with 400',
      () => spoiled(control('llm', 'mode', { mode: 'unpaid', vendor: 'anthropic' })),
      [
        /^anthropic: claude-sonnet-5-5: 400: .*credit balance.* -> pay or raise the limit: platform\.claude\.com/,
      ],
    ],
    [
      'the model has ended, by the table',
      () => ({ OPENAI_MODEL: 'gpt-5-mini' }),
      [/^openai: end of the model: gpt-5-mini ended on 2026-12-11 -> set OPENAI_MODEL=gpt-6-luna/],
      new Date('2026-12-20T10:00:00Z'),
    ],
    [
      'the model ends in some weeks: told, and no fault',
      () => ({ OPENAI_MODEL: 'gpt-5-mini' }),
      [],
      new Date('2026-11-28T10:00:00Z'),
    ],
    [
      'the model has ended, by its vendor',
      () =>
        spoiled(
          spoil(
            'llm',
            { path: '/v1/chat/completions' },
            { status: 404, body: { error: { message: 'The model has been retired' } } },
          ),
        ),
      [/^openai: gpt-6-luna: 404 .*retired -> set OPENAI_MODEL to a model that the key may use/],
    ],
    [
      'OpenAI does not serve the country',
      () =>
        spoiled(
          spoil(
            'llm',
            { path: '/v1/chat/completions' },
            { status: 403, body: { error: { message: 'Country, region, or territory not supported' } } },
          ),
        ),
      [
        /^openai: gpt-6-luna: 403 .* -> the vendor does not serve the country of this machine: name another service by OPENAI_BASE_URL/,
      ],
    ],
    [
      'nobody is at the address of the model',
      () => ({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }),
      [/^openai: gpt-6-luna: not reached: .* -> look at the network of this machine and at OPENAI_BASE_URL/],
    ],
    [
      'Anthropic does not take the key',
      () => ({ ANTHROPIC_API_KEY: 'bad_key' }),
      [/^anthropic: claude-sonnet-5-5: 401 .* -> copy ANTHROPIC_API_KEY anew.*platform\.claude\.com/],
    ],
    [
      'nothing turns voice into text at that address',
      () => ({ TRANSCRIPTION_URL: `${urls.llm}/v1`, TRANSCRIPTION_KEY: 'sk-voice-0123456789' }),
      [/^voice: gpt-transcribe: 404 .* -> set TRANSCRIPTION_MODEL.*is it the address of an API\?/],
    ],
    [
      "Google's refresh token was revoked",
      () => spoiled(control('google', 'tokens/revoke')),
      [/^google: token: the refresh token is revoked.* -> npm run google -- login/],
    ],
    [
      "Google's client secret is wrong",
      () => ({ GOOGLE_CLIENT_SECRET: 'GOCSPX-of-another' }),
      [/^google: token: GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is wrong.* -> copy both anew/],
    ],
    [
      'the calendar is not shared',
      () => spoiled(control('google', 'share', { calendarId: 'anna@company.example', accessRole: 'none' })),
      [/^google: calendar anna@.* is not there, or not shared.* -> correct its id/],
    ],
    [
      'the calendar is still the example',
      () => ({ GOOGLE_CALENDAR_EMAIL: 'seller@company.com' }),
      [
        /^google: GOOGLE_CALENDAR_EMAIL: is still the example.*: name your own calendar -> correct it in \.env$/,
      ],
    ],
    [
      'the key of the service account is not there',
      () => ({ GOOGLE_SERVICE_ACCOUNT_FILE: join(folder, 'no-key.json') }),
      [/^google: GOOGLE_SERVICE_ACCOUNT_FILE: .*no-key\.json cannot be read \(ENOENT\)/],
    ],
    [
      'the key of the service account is the file of an OAuth client',
      () => ({
        GOOGLE_SERVICE_ACCOUNT_FILE: file(
          'client.json',
          JSON.stringify({ installed: { client_id: '1', client_secret: 'x' } }),
        ),
      }),
      [/^google: GOOGLE_SERVICE_ACCOUNT: is the file of an OAuth client/],
    ],
    [
      "n8n's password is the example",
      () => ({ N8N_BASIC_AUTH_PASSWORD: 'password123' }),
      [/^settings: N8N_BASIC_AUTH_PASSWORD: is public or easily guessed -> make one: openssl/],
    ],
    [
      'two secrets are the same',
      () => ({ API_TOKEN: '6f1d9be2c07a45388f1a', DISPATCH_SECRET: '6f1d9be2c07a45388f1a' }),
      [/^settings: DISPATCH_SECRET: is the same as API_TOKEN -> make one/],
    ],
    [
      'a port is no port',
      () => ({ PORT: '99999' }),
      [/^settings: PORT: must be between .* -> correct it in \.env, for example PORT=3000/],
    ],
    [
      'business.yaml is broken',
      () => ({ BUSINESS_CONFIG: file('business.yaml', 'company: 1\n') }),
      [
        /^amocrm: check: [^]*business\.yaml[^]* -> npm run config -- check/,
        /^google: check: [^]*business\.yaml/,
      ],
    ],
  ]
  for (const [name, change, says, at] of cases)
    test(name, async () => {
      world.write({ ...real, ...(await change()) })
      const { ok, parts, settings } = await world.check(at)
      const told = [...parts.map(({ part, rows }) => ({ part, rows })), { part: 'settings', rows: settings }]
      const found = told.flatMap(({ part, rows }) =>
        rows.flatMap((row) =>
          row.fault === null ? [] : [`${part}: ${row.what}: ${row.fault} -> ${row.next}`],
        ),
      )
      assert.equal(found.length, says.length, found.join('\n'))
      for (const [index, pattern] of says.entries()) assert.match(found[index] ?? '', pattern)
      assert.equal(ok, says.length === 0)
      for (const secret of world.secrets) assert.ok(!found.join('\n').includes(secret), 'a secret is shown')
    })

  test('the same in Russian: every row, every fault and every mend', async () => {
    const TELEGRAM_BOT_TOKEN = '7000000042:AAE-revoked-by-its-owner-yesterday'
    world.write({ ...real, TELEGRAM_BOT_TOKEN, OPENAI_API_KEY: 'bad_key', PORT: '3000' })
    await control('amocrm', 'account', { rights: 'user' })
    await control('google', 'tokens/revoke')
    const shown = showSetup(await world.check(new Date(), 'ru'), texts.ru.terminal.setup)
    for (const pattern of [
      /✘ права пользователя токена: не администратор.*\n +-> создайте токен под администратором/,
      /✘ токен: Telegram не знает токена бота\n +-> скопируйте TELEGRAM_BOT_TOKEN заново/,
      /✘ gpt-6-luna: 401 \(ключ не принят\): .*\n +-> скопируйте OPENAI_API_KEY заново или создайте новый ключ/,
      /✘ токен: refresh-токен отозван.*\n +-> npm run google -- login; сначала опубликуйте/,
    ])
      assert.match(shown, pattern)
    // What is not a name, a setting, a command or what a service said itself is Russian.
    for (const line of shown.split('\n').filter((text) => /✘|->/.test(text)))
      assert.match(line, /[а-яё]{3}/i, line)
    world.write({ ...real })
    await control('google', 'reset')
    await control('google', 'tokens/restore')
    await control('amocrm', 'account', { rights: 'admin' })
    const { parts } = await world.check(new Date(), 'ru')
    for (const { part, rows } of parts)
      for (const { what, has, fault } of rows) {
        assert.equal(fault, null, what)
        if (part === 'amocrm') assert.match(what, /[а-яё]{3}/i)
        assert.doesNotMatch(`${what} ${has}`, /\b(busy|token|account|field|stage|loss)\b/)
      }
  })

  test('the table says of a model that ends in some weeks what to take then', async () => {
    world.write({ ...real, OPENAI_MODEL: 'gpt-5-mini' })
    const checked = await world.check(new Date('2026-11-28T10:00:00Z'))
    assert.match(
      showSetup(checked, texts.en.terminal.setup),
      /! end of the model: gpt-5-mini ends on 2026-12-11, in 12 days -> set OPENAI_MODEL=gpt-6-luna\nNothing is wrong/,
    )
  })

  test('others may read .env', async () => {
    world.write(real)
    chmodSync(world.envFile, 0o644)
    const { settings, ok } = await world.check()
    assert.deepEqual(
      settings.map(({ fault, next }) => [fault, next]),
      [['others on this machine may read the keys in it', `chmod 600 ${world.envFile}`]],
    )
    assert.equal(ok, false)
  })

  test('.env cannot be written: said before anything is asked', async () => {
    rmSync(world.envFile, { force: true })
    for (const [envFile, reason] of [
      [join(folder, 'nowhere/.env'), /ENOENT/],
      [join(folder, 'a-folder'), /EISDIR/],
    ] as const) {
      mkdirSync(join(folder, 'a-folder'), { recursive: true })
      const { checked, output } = await world.play([], { place: { ...ports.place, envFile } })
      assert.equal(checked, null)
      assert.match(output, /cannot be written \(.*\)\. Give your user the right.*--env FILE/)
      assert.match(output, reason)
      assert.doesNotMatch(output, /Number/)
    }
  })
})
