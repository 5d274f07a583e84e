import type { Vendor } from '@lead/contract'
import { namesOf } from './ask-in-turn.ts'
import { askVendors, type AskingVendors, type CallOptions } from './ask-vendors.ts'

/** What of LangChain's configuration of a call is read; the rest is passed on. */
type Config = { signal?: AbortSignal }
type Callable = { invoke: (input: unknown, options: Config & Partial<CallOptions>) => Promise<unknown> }

/** A chat model of n8n that can call tools. */
export type ToolModel = {
  model?: string
  bindTools: (tools: unknown[], options?: object) => Callable
}

export type AgentAsking = Pick<AskingVendors<object>, 'ask' | 'step' | 'report' | 'timeoutMs'> & {
  models: Record<Vendor, ToolModel>
}

/** What n8n's agent takes for a chat model that can call tools: it looks at these, and LangChain calls the function that it binds. */
export type AgentModel = {
  lc_namespace: string[]
  _modelType: () => string
  bindTools: (tools: unknown[], options?: object) => (input: unknown, config?: Config) => Promise<object>
}

/**
 * Both vendors' models as one for an agent: each of its calls asks one vendor after the other until an answer can be used, and each is
 * reported.
 */
export function agentModel({ models, ...asking }: AgentAsking): AgentModel {
  const names = namesOf(models)
  return {
    lc_namespace: ['lead_processing', 'chat_models'],
    _modelType: () => 'base_chat_model',
    bindTools: (tools, options) => {
      const bound = {
        openai: models.openai.bindTools(tools, options),
        anthropic: models.anthropic.bindTools(tools, options),
      }
      return async (input, config = {}) => {
        const { output } = await askVendors({
          ...asking,
          names,
          call: (vendor, call) => bound[vendor].invoke(input, { ...config, ...call }),
          read: (_text, given) => messageOf(given),
          signal: config.signal,
        })
        return output
      }
    },
  }
}

function messageOf(given: unknown): object {
  if (typeof given !== 'object' || given === null) throw new Error('no message')
  return given
}
