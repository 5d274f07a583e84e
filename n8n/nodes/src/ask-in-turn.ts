import { type Vendor, vendors } from '@lead/contract'
import {
  type Answered,
  askVendors,
  type AskingVendors,
  type CallOptions,
  NobodyAnswered,
} from './ask-vendors.ts'

/** As much of LangChain's chat model as is used: n8n's model nodes give one each. */
export type ChatModel = {
  invoke: (messages: ['system' | 'human', string][], options: CallOptions) => Promise<unknown>
  model?: string
}

export type Asking = Omit<AskingVendors<object>, 'names' | 'call' | 'read'> & {
  models: Record<Vendor, ChatModel>
  system: string
  text: string
  /** Reads the answer. @throws when it is none */
  parse: (text: string) => Promise<object>
}

/**
 * Asks one question, of one vendor after the other, until an answer can be used.
 * @throws NobodyAnswered
 */
export const askInTurn = ({ models, system, text, parse, ...asking }: Asking): Promise<Answered> =>
  askVendors({
    ...asking,
    names: namesOf(models),
    call: (vendor, options) =>
      models[vendor].invoke(
        [
          ['system', system],
          ['human', text],
        ],
        options,
      ),
    read: parse,
  })

/**
 * Asks one vendor about the same once more, where it may be asked and has not answered itself. Its answer counts; without one the first stays.
 */
export async function askOnceMore(asking: Asking, first: Answered, vendor: Vendor): Promise<Answered> {
  if (first.vendor === vendor || !asking.ask.includes(vendor)) return first
  const asked = first.calls.some((call) => call.vendor === vendor)
  if (asked) return first
  try {
    const better = await askInTurn({ ...asking, ask: [vendor] })
    return { ...better, calls: [...first.calls, ...better.calls], ask: first.ask }
  } catch (error) {
    if (error instanceof NobodyAnswered) return first
    throw error
  }
}

export const namesOf = (models: Record<Vendor, { model?: string }>): Record<Vendor, string> => ({
  openai: models.openai.model ?? 'openai',
  anthropic: models.anthropic.model ?? 'anthropic',
})

/** n8n gives connected models the last one first. */
export const byVendor = <Model>(connected: Model[]): Record<Vendor, Model> | null => {
  const [openai, anthropic] = connected.toReversed()
  return openai && anthropic && connected.length === vendors.length ? { openai, anthropic } : null
}
