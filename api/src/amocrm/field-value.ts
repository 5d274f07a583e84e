import { clip, storableText } from '../text/storable.ts'
import { amountOf } from './amount.ts'

/** A custom field of the account, as far as writing to it goes. */
export type AccountField = {
  id: number
  name: string
  type: string
  choices: { id: number; value: string; code: string | null }[]
}
/** Why a value of ours does not go into a field of that type. */
export type Unfit =
  | 'not a number'
  | 'no such choice'
  | 'no date'
  | 'neither yes nor no'
  | 'too long'
  | 'not by API'
type Value = { value: string | number | boolean } | { enum_id: number } | { value: string; enum_code: string }
export type Converted = { values: Value[] | null } | { unfit: Unfit }

/** amoCRM refuses 257 characters in one line, and its support advises 255. Long texts have no documented limit. */
const longestLine = 255
const longestText = 10_000

/**
 * What we know, in the form that the account's own field takes: dates are unix seconds, choices go by id. A line that is too long is
 * cut. Null empties the field. A type that we have never heard of is tried as a line of text.
 */
export function convertValue(field: AccountField, value: string | number | null): Converted {
  if (value === null || String(value).trim() === '') return { values: null }
  return (converters[field.type] ?? asLine)(field, value)
}

type Converter = (field: AccountField, value: string | number) => Converted
const one = (value: string | number | boolean): Converted => ({ values: [{ value }] })

/** Normalized before it is cut: some letters become two. */
const line = (value: string | number) =>
  clip(storableText(String(value).replace(/\s+/g, ' ').trim()), longestLine)
const asLine: Converter = (_, value) => one(line(value))
const asText: Converter = (_, value) => one(clip(String(value), longestText))
/** A link that is cut leads nowhere. */
const asLink: Converter = (_, value) =>
  String(value).length > longestLine ? { unfit: 'too long' } : one(String(value))
const asNumber: Converter = (_, value) => {
  const amount = typeof value === 'number' ? value : amountOf(value)
  return amount === null ? { unfit: 'not a number' } : one(amount)
}
/** `date` and `birthday` are cut by amoCRM to the day of the account's own zone. */
const asTime: Converter = (_, value) => {
  const seconds = typeof value === 'number' ? value : Math.floor(Date.parse(value) / 1000)
  return Number.isInteger(seconds) && seconds >= 0 ? one(seconds) : { unfit: 'no date' }
}
const asChoice: Converter = ({ choices }, value) => {
  const found = choiceOf(choices, String(value))
  return found ? { values: [{ enum_id: found }] } : { unfit: 'no such choice' }
}
/** As a whole, else each of its parts: half of what was said would be another answer. */
const asChoices: Converter = (field, value) => {
  const whole = asChoice(field, value)
  if ('values' in whole) return whole
  const found = String(value)
    .split(/[,;/\n]| и | and /)
    .filter((part) => part.trim() !== '')
    .map((part) => choiceOf(field.choices, part))
  const ids = [...new Set(found.filter((id) => id !== undefined))]
  return found.length > 1 && !found.includes(undefined)
    ? { values: ids.map((enum_id) => ({ enum_id })) }
    : { unfit: 'no such choice' }
}
const yes = new Set(['1', 'да', 'yes', 'true', 'верно', 'y', 'ага', 'есть', '+'])
const no = new Set(['0', 'нет', 'no', 'false', 'неверно', 'n', '-'])
const asFlag: Converter = (_, value) => {
  const said = plain(String(value))
  return yes.has(said) ? one(true) : no.has(said) ? one(false) : { unfit: 'neither yes nor no' }
}
const notByApi: Converter = () => ({ unfit: 'not by API' })

const converters: Record<string, Converter> = {
  text: asLine,
  streetaddress: asLine,
  tracking_data: asLine,
  textarea: asText,
  url: asLink,
  numeric: asNumber,
  monetary: asNumber,
  price: asNumber,
  date: asTime,
  date_time: asTime,
  birthday: asTime,
  select: asChoice,
  radiobutton: asChoice,
  category: asChoice,
  multiselect: asChoices,
  checkbox: asFlag,
  multitext: (_, value) => ({ values: [{ value: line(value), enum_code: 'WORK' }] }),
  smart_address: (_, value) => ({
    values: [{ value: line(value), enum_code: 'address_line_1' }],
  }),
  // Their values name things of other lists, or files: words of a lead are none.
  chained_list: notByApi,
  linked_entity: notByApi,
  items: notByApi,
  file: notByApi,
  legal_entity: notByApi,
  org_legal_name: notByApi,
  payer: notByApi,
  supplier: notByApi,
}

/** The types that a fact can be written to at all. */
export const isWritable = (type: string): boolean => converters[type] !== notByApi

function choiceOf(choices: AccountField['choices'], said: string): number | undefined {
  const wanted = plain(said)
  const names = [wanted, ...(languageNames[wanted] ?? [])]
  return choices.find(
    ({ value, code }) => names.includes(plain(value)) || (code !== null && names.includes(plain(code))),
  )?.id
}

/** The one fact of ours that is a code: accounts spell it out. */
const languageNames: Record<string, string[]> = {
  ru: ['русский', 'russian', 'рус', 'rus'],
  en: ['английский', 'english', 'англ', 'eng'],
}

const plain = (text: string) =>
  text
    .trim()
    .replace(/[.!]+$/, '')
    .replaceAll('ё', 'е')
    .replaceAll('Ё', 'Е')
    .toLowerCase()
