import { isMock } from '../../api/src/settings/variables.ts'
import type { Config } from '../../local/settings/config.ts'

/** Who thinks in a whole system whose other services are simulated. `settings`: what the system has to be told for it. */
export type Office = { name: string; simulated: boolean; settings: Record<string, string> }

/** The models of .env, when a key is there, with `named` in place of its vendor's. */
export function realModel({ settings }: Config, named?: string): Office {
  const isClaude = named !== undefined && /^claude/i.test(named)
  const openai = settings.N8N_AI_OPENAI_API_KEY ?? settings.OPENAI_API_KEY
  if (isMock(isClaude ? settings.ANTHROPIC_API_KEY : openai))
    return { name: 'simulator', simulated: true, settings: {} }
  const models = {
    OPENAI_MODEL: isClaude || named === undefined ? settings.OPENAI_MODEL : named,
    ANTHROPIC_MODEL: isClaude && named !== undefined ? named : settings.ANTHROPIC_MODEL,
  }
  return {
    name: named ?? settings.OPENAI_MODEL,
    simulated: false,
    settings: {
      ...models,
      OPENAI_API_KEY: openai,
      N8N_AI_OPENAI_API_KEY: openai,
      ANTHROPIC_API_KEY: settings.ANTHROPIC_API_KEY,
      ...(settings.OPENAI_BASE_URL && { OPENAI_BASE_URL: settings.OPENAI_BASE_URL }),
      ...(settings.ANTHROPIC_BASE_URL && { ANTHROPIC_BASE_URL: settings.ANTHROPIC_BASE_URL }),
    },
  }
}
