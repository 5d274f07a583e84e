import { type CountryCode, getCountries, isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'

export const countrySchema = z
  .string()
  .transform((code) => code.trim().toUpperCase())
  .refine(
    (code): code is CountryCode => isSupportedCountry(code),
    'is not a country code of ISO 3166, for instance RU',
  )

/** All countries whose phones are known. */
export const countries: CountryCode[] = getCountries()
