import type { AccountState } from './account-state.ts'

/** A login to the account, as Telegram lists it. */
export type Session = {
  device: string
  app: string
  country: string
  since: Date
  activeAt: Date
  /** This system's own. */
  isOurs: boolean
  /** Telegram asks the owner about it. */
  isUnconfirmed: boolean
}
/** `fix`: the next step of whoever wants it mended. */
export type CheckProblem = { what: string; fix: string }

/** What is known of one account of ours, tried just now. Null: not known, or there is no such thing in this mode. */
export type AccountCheck = {
  account: string
  state: AccountState
  name: string | null
  username: string | null
  phone: string | null
  userId: number | null
  premium: boolean | null
  /** It is at least as old as this: its oldest login, or when it was online here for the first time. */
  knownSince: Date | null
  /** `peerId`: with this person only. */
  limits: { kind: string; peerId: number | null; until: Date; reason: string }[]
  sessions: Session[] | null
  /** Without user, password and secret. */
  proxy: string | null
  bot: {
    /** Null: the API asks for updates itself. The path is a secret. */
    webhook: { host: string; pending: number; lastError: string | null; lastErrorAt: Date | null } | null
    /** In groups it hears only what is for it; leads are not in groups. */
    groupPrivacy: boolean
    /** A person may make it their secretary. */
    businessMode: boolean
    commands: string[]
  } | null
  /** What the account may do now, by what was tried or is forbidden. */
  may: { what: string; ok: boolean; detail: string | null }[]
  problems: CheckProblem[]
}

export const emptyCheck = (account: string, state: AccountState): AccountCheck => ({
  account,
  state,
  name: null,
  username: null,
  phone: null,
  userId: null,
  premium: null,
  knownSince: null,
  limits: [],
  sessions: null,
  proxy: null,
  bot: null,
  may: [],
  problems: [],
})

/** Which step mends a state; null where nothing is wrong. */
export function stateProblem(
  { account, state, detail }: { account: string; state: AccountState; detail: string | null },
  isBot: boolean,
): CheckProblem | null {
  const of = account === 'main' ? '' : ` --account ${account}`
  const login = `npm run telegram -- login${of}`
  const fixes: Partial<Record<AccountState, string>> = {
    disabled: `POST /telegram/userbot {"action":"start","account":"${account}"}`,
    need_login: login,
    logged_out: isBot
      ? 'take the token from @BotFather (/token) into TELEGRAM_BOT_TOKEN, and restart'
      : login,
    code_sent: `${login}, and type the code`,
    need_password: `${login}, and type the password`,
    qr_pending: `${login}, and scan the code in the Telegram app: Settings, Devices`,
    connecting:
      'wait a minute and check again; if it stays so, see whether this machine reaches Telegram (TELEGRAM_PROXY)',
    frozen: 'appeal in the Telegram app of the account; until then take another account',
    banned: 'take another account; appeals: https://telegram.org/support',
    error: 'mend what it says; where Telegram is blocked set TELEGRAM_PROXY (docs/telegram.md)',
  }
  const fix = fixes[state]
  return fix === undefined ? null : { what: detail ? `${state}: ${detail}` : state, fix }
}
