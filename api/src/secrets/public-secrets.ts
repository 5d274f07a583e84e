import { entriesOf } from '../text/entries-of.ts'

/**
 * The secrets of the system itself, by the names of their variables, each with the command that makes a good one. Keys of outside
 * services are not among them: who gave those also made them.
 */
const makers = {
  API_TOKEN: 'openssl rand -hex 24',
  DISPATCH_SECRET: 'openssl rand -hex 24',
  APP_KEY: 'openssl rand -base64 32',
  APP_KEY_OLD: 'openssl rand -base64 32',
  AMOCRM_WEBHOOK_SECRET: 'openssl rand -hex 24',
  DB_PASSWORD: 'openssl rand -hex 24',
  N8N_DB_PASSWORD: 'openssl rand -hex 24',
  N8N_BASIC_AUTH_PASSWORD: 'openssl rand -base64 18',
  N8N_ENCRYPTION_KEY: 'openssl rand -hex 24',
} as const

/** What stands in this repository, its documents and its history, or in everybody's list of first guesses. */
const known =
  `password123 leads_password a-long-password 3f1c0a9b7d5e42861c0f AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
  leads_db n8n_db seller@company.com
  password passwort passw0rd pass p@ssw0rd qwerty asdfgh zxcvbn admin administrator root toor changeme changeit change_me replace replace-with
  secret mysecret supersecret topsecret letmein welcome default example sample test demo guest user token key mysql api
  postgres postgresql leads lead n8n n8n_password lead_processing production staging development your-secret your-password insert-here here
  with-a a-long a-random random value string пароль секрет йцукен`
    .split(/\s+/)
    .filter(Boolean)

/** Longest first, so that "password123" is not "password" and a rest. */
const knownInside = known
  .filter((word) => word.length > 2)
  .map((word) => word.toLowerCase())
  .toSorted((one, other) => other.length - one.length)

/** Runs along the alphabet, the digits and the rows of a keyboard. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
]
const sequences = rows.flatMap((row) => [row, [...row].toReversed().join('')])

/**
 * How many characters of a value nobody can guess: a known word counts as one, a step in a sequence and the repeat of a part as none.
 * Random hex of 24 bytes has 48, base64 of 18 bytes 24.
 */
function guessless(value: string): number {
  let left = value.toLowerCase()
  for (const word of knownInside) left = left.replaceAll(word, '\u0001')
  // The shortest part that makes up the whole: "abab", "changemechangeme".
  const whole = `${left}${left}`.indexOf(left, 1)
  left = left.slice(0, whole)
  const telling = Array.from(left).filter((char, at) => {
    const before = left.slice(Math.max(0, at - 2), at)
    return (
      !(before.length === 2 && sequences.some((row) => row.includes(before + char))) && !before.includes(char)
    )
  })
  return Math.min(telling.length, new Set(telling).size * 4)
}

const fewest = 12

/** Also in what it is base64 of, and mock_ values, which .env.example has. */
function isKnown(value: string): boolean {
  const bytes = /^[A-Za-z0-9+/_-]{40,}={0,2}$/.test(value) ? Buffer.from(value, 'base64') : null
  return (
    value !== value.trim() ||
    known.includes(value) ||
    value.startsWith('mock_') ||
    guessless(value) < fewest ||
    (bytes?.length === 32 &&
      (new Set(bytes).size < 12 ||
        bytes.every(
          (byte, at) => at < 2 || byte - (bytes[at - 1] ?? 0) === (bytes[1] ?? 0) - (bytes[0] ?? 0),
        )))
  )
}

/**
 * What of the given variables is no secret, all of it at once: a value that anybody can look up, or one that is given twice, so
 * that who knows the one knows the other. Never shows a value.
 */
export function findPublicSecrets(values: Record<string, string | undefined>): string[] {
  const problems: string[] = []
  const given = entriesOf(makers).flatMap(([name, maker]) => {
    const value = values[name]
    return value ? [{ name, value, maker }] : []
  })
  for (const [index, { name, value, maker }] of given.entries()) {
    const twin = given.slice(0, index).find((other) => other.value === value)?.name
    const what = isKnown(value) ? 'is public or easily guessed' : twin ? `is the same as ${twin}` : null
    if (what) problems.push(`${name}: ${what}. Make one: ${maker}`)
  }
  const chats = values['AMOCRM_CHATS_SECRET']
  const twin = chats ? given.find((other) => other.value === chats)?.name : undefined
  if (chats && (isKnown(chats) || twin))
    problems.push(
      `AMOCRM_CHATS_SECRET: ${twin ? `is the same as ${twin}` : 'is public or easily guessed'}. amoCRM gives it with the channel`,
    )
  const url = values['DATABASE_URL']
  if (url) {
    const passwords = passwordsOf(url)
    const reused = given.find(
      (other) => other.name !== 'DB_PASSWORD' && passwords.includes(other.value),
    )?.name
    if (passwords.length === 0 || passwords.some(isKnown))
      problems.push(
        `DATABASE_URL: its password is public, easily guessed or missing. Make one: ${makers.DB_PASSWORD}`,
      )
    else if (reused)
      problems.push(`DATABASE_URL: its password is the same as ${reused}. Make one: ${makers.DB_PASSWORD}`)
  } else if (values['DB_HOST'] && !values['DB_PASSWORD'])
    problems.push(`DB_PASSWORD: is empty. Make one: ${makers.DB_PASSWORD}`)
  return problems
}

/** PostgreSQL takes it before the host and in the query. */
function passwordsOf(address: string): string[] {
  try {
    const url = new URL(address)
    return [decodeURIComponent(url.password), ...url.searchParams.getAll('password')].filter(Boolean)
  } catch {
    return []
  }
}
