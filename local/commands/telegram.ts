/** `npm run telegram`: for a person at a terminal who logs the seller's Telegram account in or out. Asks the running API server. */
import { setTimeout as sleep } from 'node:timers/promises'
import { renderUnicodeCompact } from 'uqr'
import { texts } from '../../texts/index.ts'
import { fail, loadOrEnd, readArguments, readLanguage } from './command-line.ts'
import { type AccountCheck, describeAccount } from '../telegram/describe-account.ts'
import { findUrls } from '../settings/service-environments.ts'
import { openInterview } from '../terminal/interview.ts'

const help = `
npm run telegram -- login [--phone +79991234567]
npm run telegram -- status
npm run telegram -- check [--json]
npm run telegram -- logout
npm run telegram -- rotate-key

login shows a QR code for the Telegram app of the seller's account; with --phone a code is sent there instead. check asks Telegram
about every account, or the one of --account: premium, age, limits, sessions, proxy, and what it may do, tried with a message to
its own Saved Messages, deleted at once; of a bot its webhook and rights. Each problem comes with the step that mends it. rotate-key
seals all sessions with APP_KEY; APP_KEY_OLD is not needed afterwards.

  --account NAME   one of several accounts (default: main); a new name makes a new account
  --json           JSON instead of lines (check)
  --lang ru|en     default: the terminal's
  --api URL        another server (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)

Exit codes: 0 done, nothing is wrong; 1 it failed, or something has to be mended; 2 a wrong option or setting.
`

type Status = {
  account: string
  state: string
  detail: string | null
  phone: string | null
  until: string | null
  qr: { url: string } | null
}

const { values, positionals } = readArguments(help, {
  phone: { type: 'string' },
  account: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  api: { type: 'string' },
  token: { type: 'string' },
  help: { type: 'boolean' },
})
const command = positionals[0] ?? ''
if (values.help || !['login', 'status', 'check', 'logout', 'rotate-key'].includes(command)) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const text = texts[readLanguage(values.lang)].terminal.login
const config = loadOrEnd()
const base = (values.api ?? findUrls(config).api).replace(/\/$/, '')
const token = values.token ?? config.settings.API_TOKEN

async function ask<Answer = Status>(action: string, more: object = {}): Promise<Answer> {
  // A check is of all of them.
  const account = values.account ?? (action === 'check' ? undefined : 'main')
  const response = await fetch(`${base}/telegram/userbot`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action, ...(account && { account }), ...more }),
  }).catch(() => {
    throw new Error(`${base} ${text.away}`)
  })
  const body = (await response.json()) as Answer & { detail?: string; title?: string }
  if (!response.ok) throw new Error(body.detail ?? body.title)
  return body
}

/** Of every account, or of the one that was named. */
const readChecks = async () => (await ask<{ checks: AccountCheck[] }>('check')).checks

async function readSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(text.notPossible)
  return (await openInterview().askSecret(question)) ?? ''
}

async function logIn(): Promise<void> {
  let status = await ask(
    values.phone ? 'login_phone' : 'login_qr',
    values.phone ? { phone: values.phone } : {},
  )
  let shown = ''
  while (status.state !== 'online' && status.state !== 'limited') {
    if (status.state === 'code_sent') status = await ask('login_code', { code: await readSecret(text.code) })
    else if (status.state === 'need_password')
      status = await ask('login_password', { password: await readSecret(text.password) })
    else if (status.state === 'qr_pending') {
      if (status.qr && status.qr.url !== shown) {
        shown = status.qr.url
        console.log(`\n${text.scan}\n\n${renderUnicodeCompact(shown)}`)
      }
      await sleep(1000)
      status = await ask('status')
    } else throw new Error(`${status.state}: ${status.detail ?? ''}`)
  }
  console.log(text.done)
}

try {
  if (command === 'login') await logIn()
  else if (command === 'rotate-key')
    console.log(`${text.resealed}${(await ask<{ resealed: number }>('rotate_key')).resealed}`)
  else if (command === 'check') {
    const checks = await readChecks()
    console.log(values.json ? JSON.stringify(checks) : checks.map(describeAccount).join('\n\n'))
    if (checks.length === 0) console.log('There is no account yet: npm run telegram -- login')
    if (checks.length === 0 || checks.some(({ problems }) => problems.length > 0)) process.exitCode = 1
  } else {
    const { account, state, detail, phone, until } = await ask(command)
    console.log([account, state, phone, until && `-> ${until}`, detail].filter(Boolean).join('  '))
  }
} catch (error) {
  fail(error)
}
