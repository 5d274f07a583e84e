import { nameOfProxy } from '../../outgoing/proxy-address.ts'
import { errorText } from '../../text/storable.ts'
import { type AccountCheck, type CheckProblem, emptyCheck, stateProblem } from '../account-check.ts'
import { isHalted } from '../halt.ts'
import type { AccountStatus } from '../messenger.ts'
import { secretaryAccount } from './bot-account.ts'
import type { BotClient, BotPorts } from './bot-client.ts'
import { businessConnectionSchema } from './bot-update.ts'
import { type Secretary, saveConnection } from './business-connections.ts'
import { wantedUpdates } from './keep-webhook.ts'
import { webhookUrl } from './webhook.ts'

/** Asks the Bot API who the bot is and how it hears, and of each account whether it may act for it. */
export async function checkBot(
  ports: BotPorts,
  client: BotClient,
  status: Omit<AccountStatus, 'qr'>,
): Promise<AccountCheck[]> {
  const { config, db } = ports
  const check = emptyCheck(status.account, status.state)
  const { botProxy } = config.telegram
  check.proxy = botProxy && nameOfProxy(botProxy)
  const wrong = stateProblem(status, true)
  if (wrong) check.problems.push(wrong)
  if (await isHalted(db))
    check.problems.push({
      what: 'all sending is stopped by hand',
      fix: 'POST /telegram/userbot {"action":"resume"}',
    })
  try {
    await readBot(ports, client, check)
  } catch (error) {
    check.may.push({ what: 'speak to the Bot API', ok: false, detail: errorText(error) })
    if (!wrong?.what.includes(errorText(error)))
      check.problems.push({
        what: `the Bot API was not asked: ${errorText(error)}`,
        fix: 'mend what it says; where Telegram is blocked set TELEGRAM_PROXY (docs/telegram.md)',
      })
    return [check]
  }
  if (client.mode === 'bot') return [check]
  const secretaries = await checkSecretaries(ports, client)
  if (!secretaries.some(({ state }) => state === 'online'))
    check.problems.push({
      what: 'no account has made this bot its secretary',
      fix: `in the Telegram app of the account: Settings, Telegram Business, Chatbots (Chat Automation): @${check.username ?? 'the bot'}`,
    })
  return [check, ...secretaries]
}

async function readBot(ports: BotPorts, { api, ask, mode }: BotClient, check: AccountCheck): Promise<void> {
  const me = await ask(() => api.getMe())
  const info = await ask(() => api.getWebhookInfo())
  const commands = await ask(() => api.getMyCommands())
  const host = info.url ? new URL(info.url).host : null
  Object.assign(check, { name: me.first_name, username: me.username, userId: me.id })
  check.bot = {
    webhook: host
      ? {
          host,
          pending: info.pending_update_count,
          lastError: info.last_error_message ?? null,
          lastErrorAt: info.last_error_date ? new Date(info.last_error_date * 1000) : null,
        }
      : null,
    groupPrivacy: !me.can_read_all_group_messages,
    businessMode: me.can_connect_to_business,
    commands: commands.map(({ command }) => command),
  }
  check.may.push({
    what: mode === 'bot' ? 'write to whoever pressed Start' : 'answer for whoever made it their secretary',
    ok: true,
    detail: null,
  })
  const wanted = webhookUrl(ports.config)
  const { problems } = check
  if (info.url !== (wanted ?? '')) problems.push(foreignWebhook(host, wanted !== null))
  else if (info.last_error_message && info.pending_update_count > 0)
    problems.push({
      what: `Telegram cannot deliver ${info.pending_update_count} update(s) to ${host}: ${info.last_error_message}`,
      fix: 'see that PUBLIC_URL is reached from the internet, with a valid certificate, on port 443, 80, 88 or 8443',
    })
  const heard = info.allowed_updates
  const unheard = heard ? wantedUpdates[mode].filter((kind) => !heard.includes(kind)) : []
  if (unheard.length > 0)
    problems.push({
      what: `the bot is not told of ${unheard.join(', ')}`,
      fix: 'restart the API: it asks for them',
    })
  if (mode === 'secretary' && !me.can_connect_to_business)
    problems.push({
      what: 'business mode is off: nobody can make this bot their secretary',
      fix: '@BotFather: /mybots, Bot Settings, Business Mode (Secretary Mode): switch it on',
    })
}

function foreignWebhook(host: string | null, isWanted: boolean): CheckProblem {
  const fix =
    'restart the API; if it comes back somebody else has the token: change it in @BotFather (/revoke)'
  if (host === null) return { what: 'the webhook is gone', fix }
  return {
    what: `another webhook is set, at ${host}`,
    fix: isWanted ? fix : `${fix}, or set PUBLIC_URL if the API is at that address`,
  }
}

/** Asks of each connection that is known; what Telegram says of it is kept. */
async function checkSecretaries({ db, config }: BotPorts, { api, ask }: BotClient): Promise<AccountCheck[]> {
  const { rows } = await db.query<Secretary>(
    `select distinct on (user_id) * from telegram_business_connections order by user_id, enabled desc, connected_at desc`,
  )
  const checks: AccountCheck[] = []
  for (const known of rows) {
    const account = secretaryAccount(known.user_id)
    const ended = {
      ...emptyCheck(account, 'disabled'),
      userId: known.user_id,
      username: known.username,
      problems: [
        {
          what: 'the account has ended the connection',
          fix: 'in its Telegram app: Settings, Telegram Business, Chatbots (Chat Automation): name the bot again',
        },
      ],
    }
    try {
      const connection = businessConnectionSchema.parse(await ask(() => api.getBusinessConnection(known.id)))
      await saveConnection(db, connection)
      checks.push(connection.is_enabled ? readConnection(connection, config.telegram.botProxy) : ended)
    } catch (error) {
      const isGone = /not found|BUSINESS_CONNECTION/i.test(errorText(error))
      const problem = { what: `it was not asked: ${errorText(error)}`, fix: 'check again in a minute' }
      checks.push(isGone ? ended : { ...ended, problems: [problem] })
    }
  }
  return checks
}

type Connection = ReturnType<(typeof businessConnectionSchema)['parse']>

function readConnection(
  { user, rights, date }: Connection,
  proxy: BotPorts['config']['telegram']['botProxy'],
): AccountCheck {
  const inApp = 'in the Telegram app of the account: Settings, Telegram Business, Chatbots (Chat Automation)'
  const wanted = [
    ['answer for 24 hours after a person wrote', rights?.can_reply, 'allow it to reply'],
    ['mark messages as read', rights?.can_read_messages, 'allow it to read messages'],
  ] as const
  const check: AccountCheck = {
    ...emptyCheck(secretaryAccount(user.id), 'online'),
    name: user.first_name,
    username: user.username ?? null,
    userId: user.id,
    knownSince: new Date(date * 1000),
    proxy: proxy && nameOfProxy(proxy),
    may: wanted.map(([what, ok]) => ({ what, ok: ok ?? false, detail: null })),
  }
  for (const [what, ok, step] of wanted)
    if (!ok) check.problems.push({ what: `the bot may not ${what}`, fix: `${inApp}: ${step}` })
  if (!check.username)
    check.problems.push({
      what: 'the account has no username: leads cannot be given a link to it',
      fix: 'in its Telegram app: Settings, Username',
    })
  return check
}
