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
const known = new Set(
  `password123 leads_password a-long-password 3f1c0a9b7d5e42861c0f AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
  password passwort passw0rd pass pass123 password1 password12 password1234 password12345 p@ssw0rd qwerty qwerty123 123456
  1234567 12345678 123456789 1234567890 admin admin123 administrator root toor changeme change-me changeit change_me
  secret secret123 mysecret supersecret letmein welcome welcome1 default example test test123 guest
  postgres postgresql leads leads123 n8n n8n123 n8n_password lead lead_processing`
    .split(/\s+/)
    .filter(Boolean),
)

/** Also one character over and over, in the value or in what it is base64 of, and mock_ values: .env.example has those. */
const isKnown = (value: string) =>
  known.has(value.toLowerCase()) ||
  known.has(value) ||
  /^(.)\1*$/s.test(value) ||
  value.startsWith('mock_') ||
  (value.length > 8 &&
    Buffer.from(value, 'base64').length === 32 &&
    /^(.)\1*$/s.test(Buffer.from(value, 'base64').toString('latin1')))

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
    const what = isKnown(value) ? 'is public' : twin ? `is the same as ${twin}` : null
    if (what) problems.push(`${name}: ${what}. Make one: ${maker}`)
  }
  if (values['DATABASE_URL'] && isKnown(passwordOf(values['DATABASE_URL'])))
    problems.push(`DATABASE_URL: its password is public. Make one: ${makers.DB_PASSWORD}`)
  return problems
}

function passwordOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).password)
  } catch {
    return ''
  }
}
