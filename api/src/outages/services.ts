import { vendors } from '@lead/contract'

/** What the work of a turn hangs on. `models`: no vendor is left that answers. `budget`: that of the day is spent. */
export const services = [...vendors, 'models', 'google', 'n8n', 'telegram', 'budget'] as const
export type Service = (typeof services)[number]

/** As long as a service may be away before people are told: it often comes back by itself. In ms. */
export const alertAfterMs: Record<Service, number> = {
  openai: 600_000,
  anthropic: 600_000,
  models: 0,
  google: 60_000,
  n8n: 60_000,
  telegram: 60_000,
  budget: 0,
}

/** Two failures in a row, and a service counts as away; then one asks it after so long, and nobody else. In ms. */
export const probeAfterMs: Record<Service, number> = {
  openai: 60_000,
  anthropic: 60_000,
  models: 60_000,
  google: 60_000,
  n8n: 5000,
  telegram: 60_000,
  budget: 60_000,
}
