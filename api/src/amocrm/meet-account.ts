import type { App } from '../app.ts'
import { accountMapOf } from './account-map.ts'
import { refuseForeignAccount } from './watch-token.ts'

/**
 * At the start: which account it is, and whether it has what config/business.yaml names. Says so in the log.
 * @returns whether amoCRM answered
 */
export async function meetAccount(app: App): Promise<boolean> {
  try {
    // The settings may have been put right since amoCRM refused us.
    const gate = await app.amocrm.gate.state()
    if (!gate.open && gate.kind === 'unauthorized') await app.amocrm.gate.release()
    const account = await app.amocrm.account()
    if (!account) return false
    await app.db.query(
      `insert into cursors (name, value) values ('amocrm.account', $1)
       on conflict (name) do update
         set value = excluded.value || jsonb_build_object('since', cursors.value -> 'since'), updated_at = now()
         where cursors.value ->> 'id' = excluded.value ->> 'id'`,
      [
        JSON.stringify({
          id: account.id,
          subdomain: account.subdomain ?? null,
          since: Math.floor(app.now().getTime() / 1000),
        }),
      ],
    )
    if (await refuseForeignAccount(app, { id: account.id, name: account.subdomain ?? null })) return true
    const { missing } = await accountMapOf(app)
    if (missing.length > 0)
      app.log.warn({ missing }, 'amoCRM lacks what config/business.yaml names; it is not written')
    else app.log.info({ account: account.id }, 'amoCRM has everything that config/business.yaml names')
    return true
  } catch (error) {
    app.log.warn({ err: error }, 'amoCRM was not reached at the start; it is tried again')
    return false
  }
}
