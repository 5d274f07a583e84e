import type { ModelTable, ModelVendor } from '../settings/models.ts'
import type { Texts } from '../../../texts/index.ts'
import { VendorRefused } from './chat-wire.ts'

const names: Record<
  ModelVendor,
  { key: string; model: string; url: string; keys: string | null; billing: string | null }
> = {
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
    keys: null,
    billing: null,
  },
}

/** The step that mends what a model answered. `error` null: it answered nothing that can be used. */
export function mendModel(
  table: ModelTable,
  vendor: ModelVendor,
  error: unknown,
  words: Texts['terminal']['checks']['models'],
): string {
  const { key, model, url, keys, billing } = names[vendor]
  const another = words.another({ variable: model, model: table.successors[vendor] })
  if (error === null) return another
  if (!(error instanceof VendorRefused)) return words.network(url)
  const { status, said } = error
  if (status === 429 || /credit balance|billing|quota/i.test(said))
    return words.pay(billing ?? words.itsBilling)
  if (status === 401) return words.copyKey({ variable: key, where: keys ?? words.itsKeys })
  if (status === 403)
    return /country|region|territory/i.test(said) ? words.country(url) : words.giveModel(another)
  if (status === 404) return words.isItAnApi({ another, variable: url })
  if (status >= 500) return words.later
  return another
}
