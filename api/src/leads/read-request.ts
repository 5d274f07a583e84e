import { type FactName, factNames } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import { plainLine } from '../person/plain-line.ts'
import type { Business } from '../settings/business.ts'
import type { CardRequest } from './card-request.ts'
import { clip } from '../text/storable.ts'
import { type Card, valuesOfField } from './read-card.ts'

/** Where a request came from, by the fields that amoCRM fills, the most telling first. */
const sourceFields = ['FORM', 'UTM_SOURCE', 'REFERRER', 'UTM_REFERRER', 'FROM']
/** What counts visits says nothing to people. */
const isTracking = (code: string) =>
  /^(?:utm_|openstat_|ym_|g?clid|gclientid|yclid|fbclid|_ym|_ga|roistat|referrer$|from$|form$)/i.test(code)

const most = { answers: 12, letters: 300 }

/** A title that a program made up says nothing: "Сделка #12", "Lead 12", "#12". */
const isMadeUp = (title: string) =>
  /^(?:(?:сделка|заявка|лид|lead|deal|request|new lead|новая сделка|новый лид)\s*)?[#№]?\s*\d*$/iu.test(title)

/** What the lead and its contact have in fields that are not ours. */
export function readRequest({ lead, contact }: Card, business: Business): CardRequest {
  const fields = [...lead.custom_fields_values, ...(contact?.custom_fields_values ?? [])]
  const ours = new Set([
    ...Object.values(business.amocrm.fields),
    business.amocrm.contactTelegramField,
    'PHONE',
    'EMAIL',
    'IM',
  ])
  const source = sourceFields.flatMap((code) => valuesOfField(fields, code)).map(line)[0]
  const answers = fields.flatMap((field) => {
    const code = field.field_code ?? ''
    const name = typeof field['field_name'] === 'string' ? line(field['field_name']) : code
    if (!name || isTracking(code) || ours.has(code) || ours.has(name) || ours.has(String(field.field_id)))
      return []
    const answer = field.values
      .map(({ value }) => value)
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map((value) => line(String(value)))
      .filter(Boolean)
      .join(', ')
    return answer ? [{ question: name, answer }] : []
  })
  const title = line(lead.name ?? '')
  return {
    title: isMadeUp(title) ? null : title,
    source: source || null,
    answers: answers.slice(0, most.answers),
  }
}

/** What the fields of the card that stand for our facts already say. */
export function factsOfCard({ lead }: Card, business: Business): Partial<Record<FactName, string>> {
  return Object.fromEntries(
    factNames.flatMap((name) => {
      const field = business.amocrm.fields[name]
      const value = field && valuesOfField(lead.custom_fields_values, field).map(line).find(Boolean)
      return value ? [[name, value]] : []
    }),
  )
}

/** The one writer of what the card says of the request. */
export const keepRequest = (tx: Queryable, leadId: number, request: CardRequest): Promise<unknown> =>
  tx.query('update leads set card = $2 where id = $1 and card is distinct from $2::jsonb', [leadId, request])

const line = (text: string) => clip(plainLine(text).replaceAll(/\s+/gu, ' ').trim(), most.letters)
