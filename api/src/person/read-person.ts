import type { CountryCode } from 'libphonenumber-js/max'
import { z } from 'zod'
import { countrySchema } from './country.ts'
import { givenNameRank } from './given-names.ts'
import { readGreetingName } from './read-greeting-name.ts'
import { readPhones } from './read-phones.ts'
import { readTelegramField } from './read-username.ts'

/** What a card says of a person, as it stands there. Every field may be missing. */
export const personFieldsSchema = z.object({
  name: z.string().nullish(),
  phones: z.array(z.union([z.string(), z.number().transform(String)])).nullish(),
  telegram: z.string().nullish(),
  country: z.preprocess((value) => (value === '' ? null : value), countrySchema.nullish()),
})
export type PersonFields = z.infer<typeof personFieldsSchema>

export type ReadPerson = {
  /** To greet by; null: greet without a name. */
  name: string | null
  /** E.164, in the order to try. */
  phones: string[]
  /** Telegram's, without @, as written. */
  username: string | null
}

/** @param home whose local numbers phones without a country are, after those of the card's own country */
export function readPerson({ name, phones, telegram, country }: PersonFields, home: CountryCode): ReadPerson {
  const field = readTelegramField(telegram ?? '', (word) => givenNameRank(word) > 0)
  // Digits alone may be an id of Telegram's.
  const isId = /^\s*\d{1,10}\s*$/.test(field.rest)
  const values = [...(phones ?? []), ...(isId ? [] : [field.rest])]
  return {
    name: readGreetingName(name ?? ''),
    phones: readPhones(values, [...new Set([country ?? home, home])]),
    username: field.username,
  }
}
