import type { Ports } from '../app.ts'

/** Everything that people do and that we follow. amoCRM replaces or adds to the list, so it is always sent whole. */
export const hookEvents = [
  'add_lead',
  'update_lead',
  'status_lead',
  'responsible_lead',
  'delete_lead',
  'restore_lead',
  'note_lead',
  'add_contact',
  'update_contact',
]

export type Subscription = {
  /** Without the secret at its end. */
  address: string
  disabled: boolean
  /** Events of ours that it does not get. */
  lacks: string[]
}

/** The webhooks of the account that end with our secret: by n8n's intake, by the API's own door, or both. */
export async function findSubscriptions(app: Ports<'config' | 'amocrm'>): Promise<Subscription[]> {
  const secret = app.config.amocrm.webhookSecret
  return (await app.amocrm.webhooks())
    .filter(({ destination }) => destination.endsWith(secret))
    .map(({ destination, disabled, settings }) => ({
      address: destination.slice(0, -secret.length) + '[secret]',
      disabled: disabled ?? false,
      lacks: hookEvents.filter((event) => !settings.includes(event)),
    }))
}
