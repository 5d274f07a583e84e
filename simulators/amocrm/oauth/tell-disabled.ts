import { createHmac } from 'node:crypto'
import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'

type Target = { url: string; clientId: string; clientSecret: string }

/** `signature` of the request that says that an integration was switched off. */
export const disabledSignature = (clientId: string, account: number, secret: string): string =>
  createHmac('sha256', secret).update(`${clientId}|${account}`).digest('hex')

/** Tells an integration that an admin has switched it off: a GET with its signature in the query, once. */
export async function tellDisabled(amo: Amocrm, { url, clientId, clientSecret }: Target): Promise<void> {
  const address = new URL(url)
  address.searchParams.set('account_id', String(accountId))
  address.searchParams.set('client_uuid', clientId)
  address.searchParams.set('signature', disabledSignature(clientId, accountId, clientSecret))
  let status = 0
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    status = response.status
  } catch {
    // No connection and no answer in time are journaled as 0.
  }
  amo.journal.add('disabled.hook', { status })
}
