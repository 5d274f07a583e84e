import { type Language, texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { errorText } from '../text/storable.ts'
import { dayMs, readToken, type TokenFacts, warningDue } from './token-facts.ts'

/** What the token in use says of itself; null for OAuth, or a token that says nothing. */
export const tokenInUse = ({ config }: Ports<'config'>): TokenFacts | null =>
  config.amocrm.oauth || !config.amocrm.token ? null : readToken(config.amocrm.token)

/** In words, when the end is near; null else. */
export function tokenText(facts: TokenFacts | null, now: Date, language: Language = 'en'): string | null {
  if (!facts?.endsAt || warningDue(facts.endsAt, now) === null) return null
  return texts[language].terminal.checks.amocrm.tokenEnds(facts.endsAt.toISOString().slice(0, 10))
}

/** 30, 7 and 1 day before the token's end people are told, each time once: a task in amoCRM and a line in the log. */
export async function watchToken(
  app: Pick<App, 'config' | 'db' | 'log' | 'now' | 'business' | 'amocrm'>,
): Promise<void> {
  const endsAt = tokenInUse(app)?.endsAt
  const now = app.now()
  const due = endsAt ? warningDue(endsAt, now) : null
  if (!endsAt || due === null) return
  const told = { endsAt: endsAt.toISOString(), days: due }
  const { rowCount } = await app.db.query(
    `insert into cursors (name, value) values ('amocrm.token.told', $1)
     on conflict (name) do update set value = excluded.value, updated_at = now() where cursors.value <> excluded.value`,
    [JSON.stringify(told)],
  )
  if (rowCount === 0) return
  const day = endsAt.toISOString().slice(0, 10)
  const left = Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / dayMs))
  app.log.warn({ endsAt: day }, 'The long-lived amoCRM token ends soon: make a new one')
  try {
    await app.amocrm.addAccountTask(
      texts[app.business.language].task.tokenEnds({ day, days: left }),
      new Date(now.getTime() + dayMs),
    )
  } catch (error) {
    app.log.warn(
      { reason: errorText(error) },
      'The task about the token could not be made; it is tried again',
    )
    await app.db.query(`delete from cursors where name = 'amocrm.token.told'`)
  }
}

type Named = { id: number; name: string | null }
const say = ({ id, name }: Named) => (name ? `${id} (${name})` : String(id))

/** In words, when a token says that it is of another account than the one that answers; null else. */
export const mismatch = (facts: TokenFacts | null, found: Named, language: Language = 'en'): string | null =>
  facts?.accountId && facts.accountId !== found.id
    ? texts[language].terminal.checks.amocrm.foreign({ token: facts.accountId, account: say(found) })
    : null

/**
 * Refuses to work when the token is of another account than the leads of this database: their ids would be mixed up. Asked before
 * anything is sent, by what the token says, and again when amoCRM has told which account it is.
 */
export async function refuseForeignAccount(
  app: Pick<App, 'config' | 'db' | 'log' | 'amocrm'>,
  found: Named | null,
): Promise<boolean> {
  const facts = tokenInUse(app)
  const { rows } = await app.db.query<{ id: string; subdomain: string | null }>(
    `select value ->> 'id' as id, value ->> 'subdomain' as subdomain from cursors where name = 'amocrm.account'`,
  )
  const ours = rows[0] && { id: Number(rows[0].id), name: rows[0].subdomain }
  const theirs = found ?? (facts?.accountId ? { id: facts.accountId, name: facts.domain } : null)
  const reason =
    (found && mismatch(facts, found)) ??
    (ours && theirs && ours.id !== theirs.id
      ? `the token is of the account ${say(theirs)}, and the leads of this database are of the account ${say(ours)}: put the right token into AMOCRM_API_KEY, or give the other account a database of its own`
      : null)
  app.amocrm.refuse(reason)
  if (reason) app.log.error({ reason }, 'amoCRM is not asked')
  return reason !== null
}
