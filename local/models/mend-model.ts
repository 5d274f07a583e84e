import type { ModelTable, ModelVendor } from '../../api/src/settings/models.ts'
import { VendorRefused } from './chat-wire.ts'

const names: Record<ModelVendor, { key: string; model: string; url: string; keys: string; billing: string }> =
  {
    openai: {
      key: 'OPENAI_API_KEY',
      model: 'OPENAI_MODEL',
      url: 'OPENAI_BASE_URL',
      keys: 'platform.openai.com > API keys',
      billing: 'platform.openai.com > Settings > Billing',
    },
    anthropic: {
      key: 'ANTHROPIC_API_KEY',
      model: 'ANTHROPIC_MODEL',
      url: 'ANTHROPIC_BASE_URL',
      keys: 'platform.claude.com > API keys',
      billing: 'platform.claude.com > Billing',
    },
    transcription: {
      key: 'TRANSCRIPTION_KEY',
      model: 'TRANSCRIPTION_MODEL',
      url: 'TRANSCRIPTION_URL',
      keys: 'the page for keys of that service',
      billing: 'the page for payment of that service',
    },
  }

/** The step that mends what a model answered. `error` null: it answered nothing that can be used. */
export function mendModel(table: ModelTable, vendor: ModelVendor, error: unknown): string {
  const { key, model, url, keys, billing } = names[vendor]
  const another = `set ${model} to a model that the key may use, for instance ${table.successors[vendor]}`
  if (error === null) return another
  if (!(error instanceof VendorRefused))
    return `look at the network of this machine and at ${url}: the service has to be reached from here`
  const { status, message } = error
  if (status === 429 || /credit balance|billing|quota/i.test(message))
    return `pay or raise the limit: ${billing}`
  if (status === 401) return `copy ${key} anew, or make a new key: ${keys}`
  if (status === 403)
    return /country|region|territory/i.test(message)
      ? `the vendor does not serve the country of this machine: name another service by ${url}`
      : `give the key's project the model, or ${another}`
  if (status === 404) return `${another}; with a ${url} of your own: is it the address of an API?`
  if (status >= 500) return 'try again in some minutes'
  return another
}
