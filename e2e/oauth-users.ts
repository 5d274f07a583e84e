/** One process with several users of amoCRM at once, each making one request. Prints how many were answered. Run by the test. */
import { createAmocrm } from '../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../api/src/amocrm/database-gate.ts'
import { createOauthAccess } from '../api/src/amocrm/oauth/oauth-access.ts'
import type { OauthSettings } from '../api/src/amocrm/oauth/request-tokens.ts'
import { openDatabase } from '../api/src/database/pool.ts'

const { databaseUrl, baseUrl, settings, appKey, users } = JSON.parse(process.argv[2]!) as {
  databaseUrl: string
  baseUrl: string
  settings: OauthSettings
  appKey: string
  users: number
}
const db = openDatabase(databaseUrl, users + 2)
const access = createOauthAccess({
  db,
  appKey: Buffer.from(appKey, 'base64'),
  baseUrl,
  settings,
  now: () => new Date(),
})
const amocrm = createAmocrm({ baseUrl, access, gate: createDatabaseGate(db, 500) })
const answers = await Promise.allSettled(Array.from({ length: users }, () => amocrm.account()))
console.log(answers.filter((answer) => answer.status === 'fulfilled' && answer.value?.id).length)
await db.end()
