import type {
  IHookFunctions,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { stayConnected } from '../../src/stay-connected.ts'

/** amoCRM gives a hook 2 s; what the API could not store by then is answered with 503, and the poll finds the lead. */
const storeMs = 1800
/** What the API takes, and more than any hook of amoCRM has. */
const largestBytes = 1_048_576

/** An unreadable form and one that is too large, by n8n or by the API; all else that the API refuses is a wrong secret. */
const saidAsIs = new Set([400, 413])

/** What n8n's server adds to the request. */
type RawRequest = { rawBody?: Buffer; readRawBody: () => Promise<void> }

/**
 * The door for amoCRM's webhooks. It hands the raw bytes to the API while the request is open and answers with what the API
 * said. No execution begins, so n8n keeps nothing of a hook, whoever sent it; that is also what makes it fast.
 */
export class HookIntakeTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Hook Intake Trigger',
    name: 'hookIntakeTrigger',
    icon: {
      light: 'file:../../icons/hookIntakeTrigger.svg',
      dark: 'file:../../icons/hookIntakeTrigger.dark.svg',
    },
    group: ['trigger'],
    // n8n asks nodes of version 1 by an expression whether their body is binary: most of the 100 ms that a hook then takes.
    version: 2,
    subtitle: 'amoCRM → inbox',
    description: 'Stores a raw amoCRM hook in the API server. Starts no execution',
    eventTriggerDescription: 'Hooks are stored while the workflow is published; none starts an execution',
    defaults: { name: 'Hook Intake Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadProcessingApi', required: true }],
    // No expression: each would cost a hook an isolate of its own.
    webhooks: [
      {
        name: 'default',
        httpMethod: 'POST',
        responseMode: 'onReceived',
        path: 'amocrm/:secret',
        isFullPath: true,
      },
    ],
    properties: [],
  }

  // The hook is subscribed in amoCRM by the API server (`npm run amocrm -- subscribe`), with a token that n8n does not have.
  webhookMethods = {
    default: {
      // Asked when n8n has started: from then on the API knows that it is there.
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const { baseUrl, token } = await this.getCredentials<{ baseUrl: string; token: string }>(
          'leadProcessingApi',
        )
        stayConnected(baseUrl, token)
        return true
      },
      create: async (): Promise<boolean> => true,
      delete: async (): Promise<boolean> => true,
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    this.getResponseObject()
      .writeHead(await handOn(this))
      .end()
    return { noWebhookResponse: true }
  }
}

/** @returns the status for the sender: 200 only when the API has stored the hook */
async function handOn(context: IWebhookFunctions): Promise<number> {
  const request = context.getRequestObject() as unknown as RawRequest
  const { secret = '' } = context.getParamsData() as { secret?: string }
  try {
    if (!request.rawBody) await request.readRawBody()
    const body = request.rawBody ?? Buffer.alloc(0)
    if (body.length > largestBytes) return 413
    const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('leadProcessingApi')
    const answer = (await context.helpers.httpRequest({
      method: 'POST',
      url: `${baseUrl.replace(/\/$/, '')}/hooks/amocrm/${encodeURIComponent(secret)}`,
      body,
      // Under its own type n8n would take the bytes apart and build the form anew.
      headers: { 'content-type': 'application/octet-stream' },
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      json: false,
      timeout: storeMs,
    })) as { statusCode: number }
    if (answer.statusCode >= 500) return 503
    if (answer.statusCode < 300) return 200
    return saidAsIs.has(answer.statusCode) ? answer.statusCode : 403
  } catch (error) {
    const { statusCode, message } = error as { statusCode?: number; message?: string }
    if (statusCode && saidAsIs.has(statusCode)) return statusCode
    context.logger.warn(`A hook was not stored: ${message ?? 'unknown'}`)
    return 503
  }
}
