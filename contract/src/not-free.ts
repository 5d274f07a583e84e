import * as z from 'zod'
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

/** What a lead is told about a wished time that is not offered. */
const sentences: Record<Language, Record<NotFreeReason, string>> = {
  ru: {
    past: 'Это время уже прошло.',
    too_soon: 'Так скоро встретиться не успеем.',
    beyond_horizon: 'Так далеко вперёд мы пока не записываем.',
    closed_day: 'В этот день мы не работаем.',
    outside_hours: 'В эти часы мы не работаем.',
    taken: 'Это время уже занято.',
    held: 'Это время сейчас придержано для другого человека.',
    off_grid: 'Ровно на эту минуту записи нет.',
  },
  en: {
    past: 'That time has already passed.',
    too_soon: 'That is too soon for us to make it.',
    beyond_horizon: 'We do not book that far ahead yet.',
    closed_day: 'We are closed that day.',
    outside_hours: 'We do not work at those hours.',
    taken: 'That time is already taken.',
    held: 'That time is on hold for somebody else right now.',
    off_grid: 'No meeting starts at exactly that minute.',
  },
}

/** Why none of the wished times is offered, each reason once; null when there is nothing to explain. */
export function explainNotFree(reasons: NotFreeReason[], language: Language): string | null {
  const said = [...new Set(reasons)].map((reason) => sentences[language][reason])
  return said.length > 0 ? said.join(' ') : null
}
