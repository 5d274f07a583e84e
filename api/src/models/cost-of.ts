import type { ModelCall } from '@lead/contract'
import { familyOf, type ModelTable, priceOf } from '../settings/models.ts'

/** US dollars that a call cost by config/models.yaml; null when its price or its tokens are not known. */
export function costOf(
  table: ModelTable,
  { vendor, model, tokens }: Pick<ModelCall, 'vendor' | 'model' | 'tokens'>,
): number | null {
  const price = priceOf(familyOf(table, vendor, model), model)
  if (!price || !tokens) return null
  const fresh = Math.max(0, tokens.input - tokens.cached)
  return (fresh * price.input + tokens.cached * price.cached + tokens.output * price.output) / 1_000_000
}
