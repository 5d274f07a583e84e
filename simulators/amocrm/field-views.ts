import { Temporal } from 'temporal-polyfill'
import type { Field, Fields, StoredValue } from './world.ts'

/** `custom_fields_values` of a REST answer: null when nothing is filled. */
export function fieldsView(fields: Field[], filled: Fields): object[] | null {
  const view = filledFields(fields, filled).map(({ field, values }) => ({
    field_id: field.id,
    field_name: field.name,
    field_code: field.code,
    field_type: field.type,
    values: values.map((value) => valueView(field, value)),
  }))
  return view.length > 0 ? view : null
}

function valueView(field: Field, stored: StoredValue): object {
  if (stored.raw) return stored.raw
  if (stored.enum_id === undefined) return { value: stored.value }
  const choice = field.enums?.find((one) => one.id === stored.enum_id)
  return { value: stored.value, enum_id: stored.enum_id, enum_code: choice?.code ?? null }
}

/**
 * `custom_fields` of a hook, which differ from REST: a date is a bare number, a radio button is not a list, the code
 * comes last and only when the field has one.
 */
export function hookFields(fields: Field[], filled: Fields, timeZone: string): object[] {
  return filledFields(fields, filled).map(({ field, values }) => {
    const [first] = values
    const plain = values.map((stored) => hookValue(field, stored, timeZone))
    return {
      id: field.id,
      name: field.name,
      values:
        field.type === 'date'
          ? values.map((one) => one.value)
          : field.type === 'radiobutton' && first
            ? plain[0]
            : plain,
      ...(field.code ? { code: field.code } : {}),
    }
  })
}

function hookValue(field: Field, stored: StoredValue, timeZone: string): object {
  if (stored.raw) return stored.raw
  const value = field.type === 'birthday' ? birthday(Number(stored.value), timeZone) : stored.value
  return { value, ...(stored.enum_id === undefined ? {} : { enum: stored.enum_id }) }
}

function birthday(seconds: number, timeZone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timeZone)
  const twoDigits = (part: number) => String(part).padStart(2, '0')
  return `${twoDigits(day.day)}.${twoDigits(day.month)}.${day.year}`
}

/** Filled values by field code (by id for a field without code): one value bare, several as a list. */
export function fieldsByCode(fields: Field[], filled: Fields): Record<string, unknown> {
  return Object.fromEntries(
    filledFields(fields, filled).map(({ field, values }) => [codeOf(field), bare(values)]),
  )
}

/** The name of a field in journal and control API: its code, or its id when it has none. */
export const codeOf = (field: Field): string => field.code ?? String(field.id)

/** No value as null, one bare, several as a list. */
export const bare = (values: StoredValue[]): unknown =>
  values.length > 1 ? values.map((one) => one.value) : (values[0]?.value ?? null)

const filledFields = (fields: Field[], filled: Fields) =>
  fields.flatMap((field) => {
    const values = filled[field.id] ?? []
    return values.length > 0 ? [{ field, values }] : []
  })
