/** One process with several users of amoCRM at once, each making one request. Prints how many were answered. Run by tests. */
import { fixedAccess } from '../../api/src/amocrm/access.ts'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { createKeyring } from '../../api/src/secrets/keyring.ts'
import { createOauthAccess } from '../../api/src/amocrm/oauth/oauth-access.ts'
import type { OauthSettings } from '../../api/src/amocrm/oauth/request-tokens.ts'
import { openDatabase } from '../../api/src/database/pool.ts'

export type UsersInput = {
  databaseUrl: string
  baseUrl: string
  perSecond: number
  users: number
  /** Without it: a long-lived token. */
  oauth?: { settings: OauthSettings; appKey: string }
}

const { databaseUrl, baseUrl, perSecond, users, oauth } = JSON.parse(process.argv[2]!) as UsersInput
const db = openDatabase(databaseUrl, users + 2)
const access = oauth
  ? createOauthAccess({
      db,
      keyring: createKeyring(Buffer.from(oauth.appKey, 'base64'), null),
      baseUrl,
      settings: oauth.settings,
      now: () => new Date(),
    })
  : fixedAccess('long-lived')
const amocrm = createAmocrm({ baseUrl, access, gate: createDatabaseGate(db, perSecond) })
const answers = await Promise.allSettled(Array.from({ length: users }, () => amocrm.account()))
console.log(answers.filter((answer) => answer.status === 'fulfilled' && answer.value?.id).length)
await db.end()
