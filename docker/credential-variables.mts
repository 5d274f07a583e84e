import { gigachatGateKey, gigachatGatePath } from '../api/src/secrets/gigachat-gate.ts'
import { googleTokenClient } from '../api/src/secrets/google-token-client.ts'
import { googleApi } from '../n8n/workflows/workflow-content.ts'
import { isGoogleMock, isMock, simulator, type Variables } from './n8n-variables.mts'

/** What the templates of n8n/credentials ask for: the given variables, with the simulators' addresses where a key is a mock. */
export function credentialVariables(given: Variables): Record<string, string> {
  const own = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]),
  )
  const n8nKey = given.N8N_AI_OPENAI_API_KEY
  const openaiKey =
    (!n8nKey || (isMock(n8nKey) && !isMock(given.OPENAI_API_KEY)) ? given.OPENAI_API_KEY : n8nKey) ?? ''
  const llm = simulator(given, given.SIM_LLM_PORT)
  return {
    ...own,
    ...(given.GOOGLE_SERVICE_ACCOUNT_FILE ? googleTokenClient(given.API_TOKEN ?? '') : {}),
    GOOGLE_API_HOST: new URL(googleUrl(given)).hostname,
    N8N_AI_OPENAI_API_KEY: given.GIGACHAT_AUTH_KEY ? gigachatGateKey(given.API_TOKEN ?? '') : openaiKey,
    OPENAI_PROJECT: given.OPENAI_PROJECT ?? '',
    OPENAI_PROJECT_HEADER: given.OPENAI_PROJECT ? 'OpenAI-Project' : '',
    OPENAI_BASE_URL: given.GIGACHAT_AUTH_KEY
      ? `${given.API_URL ?? 'http://api:3000'}${gigachatGatePath}`
      : isMock(openaiKey)
        ? `${llm}/v1`
        : given.OPENAI_BASE_URL || 'https://api.openai.com/v1',
    ANTHROPIC_BASE_URL: isMock(given.ANTHROPIC_API_KEY)
      ? llm
      : given.ANTHROPIC_BASE_URL || 'https://api.anthropic.com',
  }
}

/** Where the nodes that ask Google Calendar are to ask. */
export const googleUrl = (given: Variables): string =>
  isGoogleMock(given) ? simulator(given, given.SIM_GOOGLE_PORT) : googleApi
