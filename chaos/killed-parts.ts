/** How often each dies. A restart of n8n takes many times as long as one of the API. */
export const weights = {
  api: 6,
  postgres: 2,
  redis: 1,
  n8n: 1,
  'api-2': 6,
  'n8n-webhook': 1,
  'n8n-worker': 2,
  'n8n-worker-2': 1,
}

export type KilledPart = keyof typeof weights
export const isKilledPart = (name: string): name is KilledPart => name in weights
