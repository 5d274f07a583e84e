import type { Card, Lead } from '../world.ts'
import { type Query, branch, inRange, leaf, list, oneOf } from './query.ts'

/** Whether a lead or contact passes the filters that both have, and the full-text `query`. */
export function passesCard(card: Card, query: Query): boolean {
  const filter = branch(query, 'filter')
  return (
    oneOf(filter, 'id', card.id) &&
    oneOf(filter, 'name', card.name) &&
    oneOf(filter, 'created_by', card.created_by) &&
    oneOf(filter, 'updated_by', card.updated_by) &&
    oneOf(filter, 'responsible_user_id', card.responsible_user_id) &&
    inRange(filter, 'created_at', card.created_at) &&
    inRange(filter, 'updated_at', card.updated_at) &&
    passesFields(card, branch(filter, 'custom_fields_values')) &&
    passesText(card, leaf(query, 'query'))
  )
}

/** The filters that only leads have. */
export function passesLead(lead: Lead, query: Query): boolean {
  const filter = branch(query, 'filter')
  const statuses = Object.values(branch(filter, 'statuses')).filter((one) => typeof one === 'object')
  const inStatus = (one: Query) =>
    oneOf(one, 'pipeline_id', lead.pipeline_id) && oneOf(one, 'status_id', lead.status_id)
  return (
    oneOf(filter, 'pipeline_id', lead.pipeline_id) &&
    inRange(filter, 'price', lead.price) &&
    inRange(filter, 'closed_at', lead.closed_at) &&
    (statuses.length === 0 || statuses.some(inStatus))
  )
}

function passesFields(card: Card, wanted: Query): boolean {
  return Object.keys(wanted).every((fieldId) => {
    const range = branch(wanted, fieldId)
    const values = card.fields[fieldId] ?? []
    if ('from' in range || 'to' in range)
      return values.some((one) => inRange(wanted, fieldId, Number(one.value)))
    const allowed = list(wanted, fieldId) ?? []
    return values.some((one) => allowed.includes(String(one.value)) || allowed.includes(String(one.enum_id)))
  })
}

function passesText(card: Card, query: string | undefined): boolean {
  if (!query) return true
  const wanted = query.toLowerCase()
  const texts = [
    card.name,
    ...Object.values(card.fields).flatMap((values) => values.map((one) => String(one.value))),
  ]
  if (texts.some((text) => text.toLowerCase().includes(wanted))) return true
  const digits = digitsOf(query)
  return digits.length >= 5 && texts.some((text) => digitsOf(text).includes(digits))
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '')
