import * as z from 'zod'
import { texts } from '../../texts/index.ts'
import type { Language } from './language.ts'

/** Why a wished time is not offered, as the search for free times tells it. */
export const notFreeReasonSchema = z.enum([
  'past',
  'too_soon',
  'beyond_horizon',
  'closed_day',
  'outside_hours',
  'taken',
  'held',
  'off_grid',
])
export type NotFreeReason = z.infer<typeof notFreeReasonSchema>

/** Why none of the wished times is offered, each reason once; null when there is nothing to explain. */
export function explainNotFree(reasons: NotFreeReason[], language: Language): string | null {
  const said = [...new Set(reasons)].map((reason) => texts[language].lead.notFree[reason])
  return said.length > 0 ? said.join(' ') : null
}
