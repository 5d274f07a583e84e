/** What `POST /telegram/userbot {"action":"check"}` says of one account. Times are ISO instants, UTC. */
export type AccountCheck = {
  account: string
  state: string
  name: string | null
  username: string | null
  phone: string | null
  userId: number | null
  premium: boolean | null
  knownSince: string | null
  limits: { kind: string; peerId: number | null; until: string; reason: string }[]
  sessions:
    | { device: string; app: string; country: string; since: string; activeAt: string; isOurs: boolean }[]
    | null
  proxy: string | null
  bot: {
    webhook: { host: string; pending: number; lastError: string | null; lastErrorAt: string | null } | null
    groupPrivacy: boolean
    businessMode: boolean
    commands: string[]
  } | null
  may: { what: string; ok: boolean; detail: string | null }[]
  problems: { what: string; fix: string }[]
}

/** For a terminal: one fact a line, what is wrong at the end with the step that mends it. */
export function describeAccount(check: AccountCheck): string {
  const { account, state, name, username, phone, userId, premium, knownSince, proxy } = check
  const who = [name, username && `@${username}`, phone, userId].filter(Boolean).join(', ')
  return [
    `${account}: ${state}${who && ` (${who})`}`,
    ...(premium === null ? [] : [line('premium', premium ? 'yes' : 'no')]),
    ...(knownSince ? [line('known since', day(knownSince))] : []),
    line('proxy', proxy ?? 'none'),
    ...describeBot(check.bot),
    ...(check.sessions ?? []).map(({ device, app, country, since, activeAt, isOurs }) =>
      line(
        isOurs ? 'session (ours)' : 'session',
        `${device}; ${app}; ${country}; since ${day(since)}, active ${minute(activeAt)}`,
      ),
    ),
    ...check.limits.map(({ kind, peerId, until, reason }) =>
      line('limit', `${kind}${peerId ? ` with ${peerId}` : ''} until ${minute(until)}: ${reason}`),
    ),
    ...check.may.map(({ what, ok, detail }) => `  ${ok ? '✔' : '✘'} ${what}${detail ? `: ${detail}` : ''}`),
    ...check.problems.flatMap(({ what, fix }) => [`  ! ${what}`, `    → ${fix}`]),
  ].join('\n')
}

function describeBot(bot: AccountCheck['bot']): string[] {
  if (!bot) return []
  const { webhook, groupPrivacy, businessMode, commands } = bot
  const waiting = webhook && `${webhook.host}, ${webhook.pending} update(s) waiting`
  const failed = webhook?.lastError && `, last error ${minute(webhook.lastErrorAt)}: ${webhook.lastError}`
  return [
    line('webhook', webhook ? `${waiting}${failed ?? ''}` : 'none, updates are asked for'),
    line('group privacy', groupPrivacy ? 'on' : 'off'),
    line('business mode', businessMode ? 'on' : 'off'),
    line('commands', commands.map((command) => `/${command}`).join(' ') || 'none'),
  ]
}

const line = (what: string, said: string) => `  ${`${what}:`.padEnd(15)} ${said}`
const day = (at: string) => at.slice(0, 10)
const minute = (at: string | null) => (at ? `${at.slice(0, 16).replace('T', ' ')} UTC` : '')
