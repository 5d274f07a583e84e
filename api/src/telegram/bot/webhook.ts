import { createHmac } from 'node:crypto'
import type { Config } from '../../settings/config.ts'

/** Two secrets made from APP_KEY: the last part of the address, and the header that comes with each update. */
export function webhookSecrets({ appKey }: Pick<Config, 'appKey'>): { path: string; header: string } {
  const derive = (what: string) => createHmac('sha256', appKey).update(`telegram ${what}`).digest('base64url')
  return { path: derive('webhook path'), header: derive('webhook header') }
}

/** Where Telegram posts updates to; null: it is polled. */
export const webhookUrl = (config: Pick<Config, 'appKey' | 'publicUrl'>): string | null =>
  config.publicUrl && `${config.publicUrl}/hooks/telegram/${webhookSecrets(config).path}`
