import { createHmac } from 'node:crypto'

/** Where the API answers as OpenAI does and asks GigaChat. */
export const gigachatGatePath = '/models/gigachat/v1'

/** The key by which n8n opens that gate and nothing else; API_TOKEN itself is not sent there. */
export const gigachatGateKey = (apiToken: string): string =>
  createHmac('sha256', apiToken).update('gigachat gate').digest('base64url')
