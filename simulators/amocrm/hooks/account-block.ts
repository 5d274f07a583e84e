import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'

/** The `account` part that opens every hook. */
export const accountBlock = (amo: Amocrm) => ({
  subdomain: amo.subdomain,
  id: accountId,
  _links: { self: `https://${amo.subdomain}.amocrm.ru` },
})
