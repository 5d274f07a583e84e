import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  type ValidationError,
  invalidType,
  notSupportedChoice,
  requiredFilled,
  tooLong,
} from './api/problem.ts'
import type { Field, Fields, StoredValue } from './world.ts'

const valueSchema = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  enum_id: z.int().nullish(),
  enum_code: z.string().nullish(),
  enum: z.string().nullish(),
  catalog_id: z.int().optional(),
  catalog_element_id: z.int().optional(),
})

/** `custom_fields_values` as written. Names and types that were read may be sent back; they are ignored. */
export const fieldsSchema = z
  .array(
    z.strictObject({
      field_id: z.int().optional(),
      field_code: z.string().nullish(),
      field_name: z.string().optional(),
      field_type: z.string().optional(),
      is_computed: z.boolean().optional(),
      values: z.array(valueSchema).nullable(),
    }),
  )
  .nullish()

type FieldsInput = z.output<typeof fieldsSchema>
type ValueInput = z.output<typeof valueSchema>
/** Only the API has this limit; people may type more. */
const mostCharacters = 256
const shortTexts = new Set(['text', 'url', 'streetaddress', 'smart_address', 'tracking_data'])
type Read = { value: StoredValue } | { error: ValidationError }

/**
 * Turns written field values into stored ones: choices by id, code or exact value; dates to unix seconds, `date` cut to
 * midnight in `timeZone` (IANA). A field with no values gets an empty list. Nothing is thrown: errors are returned.
 */
export function readFields(
  fields: Field[],
  input: FieldsInput,
  timeZone: string,
): { fields: Fields; errors: ValidationError[] } {
  const result: Fields = {}
  const errors: ValidationError[] = []
  for (const [index, item] of (input ?? []).entries()) {
    const path = `custom_fields_values.${index}`
    const field = fields.find((one) =>
      item.field_id ? one.id === item.field_id : one.code === item.field_code,
    )
    if (!field) {
      if (!item.field_id && !item.field_code) errors.push(requiredFilled(`${path}.field_id`))
      else errors.push(notSupportedChoice(`${path}.${item.field_id ? 'field_id' : 'field_code'}`))
      continue
    }
    const read = (item.values ?? []).map((value, at) =>
      readValue(field, value, `${path}.values.${at}`, timeZone),
    )
    errors.push(...read.flatMap((one) => ('error' in one ? [one.error] : [])))
    result[field.id] = read.flatMap((one) => ('value' in one ? [one.value] : []))
  }
  return { fields: result, errors }
}

function readValue(field: Field, input: ValueInput, path: string, timeZone: string): Read {
  const { value } = input
  const at = `${path}.value`
  switch (field.type) {
    case 'select':
    case 'radiobutton':
    case 'multiselect':
      return readChoice(field, input, path)
    case 'multitext':
      return readMultitext(field, input, path)
    case 'checkbox':
      return typeof value === 'boolean' ? { value: { value } } : { error: invalidType(at, 'bool') }
    case 'date':
    case 'date_time':
    case 'birthday':
      return readTime(field.type, value, at, timeZone)
    case 'numeric':
    case 'monetary':
    case 'price': {
      const number = value === '' || value == null || typeof value === 'boolean' ? NaN : Number(value)
      return Number.isFinite(number)
        ? { value: { value: String(value) } }
        : { error: invalidType(at, 'numeric') }
    }
    case 'chained_list': {
      const { catalog_id, catalog_element_id } = input
      return catalog_id === undefined || catalog_element_id === undefined
        ? { error: requiredFilled(`${path}.catalog_id`) }
        : { value: { value: catalog_element_id, raw: { catalog_id, catalog_element_id } } }
    }
    case 'computed':
      return { error: { code: 'NotExpected', path: at, detail: 'This field was not expected.' } }
    case 'linked_entity':
    case 'file':
    case 'items':
    case 'payer':
    case 'legal_entity':
      return { error: invalidType(at, 'object') }
    default:
      if (typeof value !== 'string') return { error: invalidType(at, 'string') }
      return shortTexts.has(field.type) && [...value].length > mostCharacters
        ? { error: tooLong(at, mostCharacters) }
        : { value: { value } }
  }
}

function readChoice(field: Field, input: ValueInput, path: string): Read {
  const choices = field.enums ?? []
  const code = input.enum_code ?? input.enum
  if (input.enum_id != null)
    return found(
      choices.find((one) => one.id === input.enum_id),
      `${path}.enum_id`,
    )
  if (code != null)
    return found(
      choices.find((one) => one.code === code),
      `${path}.enum_code`,
    )
  return found(
    choices.find((one) => one.value === input.value),
    `${path}.value`,
  )
}

const found = (choice: { id: number; value: string } | undefined, path: string): Read =>
  choice ? { value: { value: choice.value, enum_id: choice.id } } : { error: notSupportedChoice(path) }

function readMultitext(field: Field, input: ValueInput, path: string): Read {
  if (typeof input.value !== 'string') return { error: invalidType(`${path}.value`, 'string') }
  const named = input.enum_id != null || input.enum_code != null || input.enum != null
  const kind = named ? readChoice(field, input, path) : { value: { enum_id: field.enums?.[0]?.id } }
  if ('error' in kind) return kind
  const { enum_id } = kind.value
  return { value: { value: input.value, ...(enum_id === undefined ? {} : { enum_id }) } }
}

function readTime(type: string, value: ValueInput['value'], path: string, timeZone: string): Read {
  const seconds = typeof value === 'string' ? secondsOf(value) : value
  if (typeof seconds !== 'number' || !Number.isInteger(seconds))
    return { error: invalidType(path, 'timestamp') }
  return { value: { value: type === 'date_time' ? seconds : midnight(seconds, timeZone) } }
}

/** Unix seconds of RFC 3339 text with an offset, or of digits; undefined when it is neither. */
function secondsOf(text: string): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text)
  try {
    return Math.floor(Temporal.Instant.from(text).epochMilliseconds / 1000)
  } catch {
    return undefined
  }
}

function midnight(seconds: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timeZone)
  return local.startOfDay().epochMilliseconds / 1000
}
