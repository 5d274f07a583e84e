import { gigachatGateKey } from '../secrets/gigachat-gate.ts'
import { isMock } from '../settings/variables.ts'

type Keys = {
  GIGACHAT_AUTH_KEY?: string | undefined
  N8N_AI_OPENAI_API_KEY?: string | undefined
  OPENAI_API_KEY?: string | undefined
}

/** What opens the service that OpenAI's models are asked at: the API's own gate takes a key that is made from API_TOKEN. */
export const openAiKeyInUse = <Given extends Keys>(settings: Given, apiToken: string) =>
  settings.GIGACHAT_AUTH_KEY
    ? gigachatGateKey(apiToken)
    : (settings.N8N_AI_OPENAI_API_KEY ?? settings.OPENAI_API_KEY)

/** Where one vendor's models are asked. Addresses without a slash at the end, OpenAI's with its /v1. */
export type ModelPlace = { url: string; key: string; isSimulated: boolean }

/**
 * Where n8n asks the models and with what key, as far as this process is told: only to try them. Null: the key is n8n's alone.
 * @param inner the gate of GigaChat, null where it is not used, and the simulator of the models
 */
export function modelPlaces(
  variables: Record<string, string | undefined>,
  inner: { apiToken: string; gigachatGate: string | null; simulator: string },
): { openai: (ModelPlace & { project?: string }) | null; anthropic: ModelPlace | null } {
  const { OPENAI_BASE_URL, OPENAI_PROJECT, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } = variables
  // An empty variable counts as not set.
  const openAiKey = openAiKeyInUse(
    {
      GIGACHAT_AUTH_KEY: inner.gigachatGate ? 'used' : undefined,
      N8N_AI_OPENAI_API_KEY: variables['N8N_AI_OPENAI_API_KEY'] || undefined,
      OPENAI_API_KEY: variables['OPENAI_API_KEY'] || undefined,
    },
    inner.apiToken,
  )
  const isOpenAiMock = isMock(variables['GIGACHAT_AUTH_KEY'] || openAiKey || '')
  return {
    openai: openAiKey
      ? {
          url:
            inner.gigachatGate ??
            (OPENAI_BASE_URL || (isOpenAiMock ? `${inner.simulator}/v1` : 'https://api.openai.com/v1')),
          key: openAiKey,
          isSimulated: isOpenAiMock,
          ...(OPENAI_PROJECT && { project: OPENAI_PROJECT }),
        }
      : null,
    anthropic: ANTHROPIC_API_KEY
      ? {
          url:
            ANTHROPIC_BASE_URL || (isMock(ANTHROPIC_API_KEY) ? inner.simulator : 'https://api.anthropic.com'),
          key: ANTHROPIC_API_KEY,
          isSimulated: isMock(ANTHROPIC_API_KEY),
        }
      : null,
  }
}
