import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type Phone = { number: string; mobile: boolean }

/** Countries whose people write numbers of each other as if at home: a local number that only one of them has is that one's. */
const neighbours: CountryCode[] = ['RU', 'BY', 'UA', 'KZ', 'UZ', 'AM', 'AZ', 'GE', 'KG', 'MD', 'TJ', 'TM']
const northAmerica: CountryCode[] = ['US', 'CA']

/**
 * The phone that these digits are, as E.164; several where a number has an older form that may still be in use. Empty: no phone.
 * @param first the first group of digits as written, which tells "+8 495" from Vietnam's +84
 * @param countries whose local numbers they may be, the likeliest first
 */
export function interpretPhone(
  digits: string,
  { plus, first, countries }: { plus: boolean; first: string; countries: CountryCode[] },
): Phone[] {
  if (digits.length < 7 || digits.length > 18) return []
  for (const read of plus ? withPlus(digits, first, countries) : withoutPlus(digits, countries)) {
    const phones = formsOf(read)
    if (phones.length > 0) return phones
  }
  return []
}

const abroad = (digits: string) => parsePhoneNumberFromString(`+${digits}`)

function* withPlus(digits: string, first: string, countries: CountryCode[]) {
  if (first === '8' && digits.length === 11) yield abroad(`7${digits.slice(1)}`)
  yield abroad(digits)
  if (digits.startsWith('0')) yield abroad(digits.replace(/^0+/, ''))
  // Both beginnings of a Russian number at once, or the one that is dialled at home.
  if (/^78\d{10}$/.test(digits)) yield abroad(`7${digits.slice(2)}`)
  if (/^8\d{10}$/.test(digits)) yield abroad(`7${digits.slice(1)}`)
  for (const country of countries) yield parsePhoneNumberFromString(digits, country)
}

function* withoutPlus(digits: string, countries: CountryCode[]) {
  if (digits.startsWith('00')) yield abroad(digits.replace(/^0+/, ''))
  if (/^810\d{9}/.test(digits)) yield abroad(digits.slice(3))
  if (digits.startsWith('011') && countries.some((country) => northAmerica.includes(country)))
    yield abroad(digits.slice(3))
  // Long digits that begin with no trunk prefix are an international number without its plus, even where a local one fits too.
  const local = countries.map((country) => parsePhoneNumberFromString(digits, country))
  for (const phone of local) if (phone && isDialledSo(digits, phone)) yield phone
  yield abroad(digits)
  yield* local
  // Before 2009 an 8 was dialled there too.
  if (countries.includes('UA') && /^80\d{9}$/.test(digits))
    yield parsePhoneNumberFromString(digits.slice(1), 'UA')
  if (countries.some((country) => neighbours.includes(country)) && /^8?0/.test(digits)) {
    const valid = neighbours
      .map((country) => parsePhoneNumberFromString(digits, country))
      .filter((phone) => phone?.isValid())
    if (valid.length === 1) yield valid[0]
  }
}

const isDialledSo = (digits: string, phone: PhoneNumber) =>
  digits.length <= 10 ||
  digits.startsWith('0') ||
  digits === `${phone.countryCallingCode}${phone.nationalNumber}` ||
  (digits.length === 11 && digits.startsWith('8') && phone.countryCallingCode === '7') ||
  (digits.startsWith('80') && phone.countryCallingCode === '375')

function formsOf(phone: PhoneNumber | undefined): Phone[] {
  if (!phone || isMadeUp(phone.nationalNumber)) return []
  const { country, nationalNumber: local } = phone
  if (country === 'BR' && /^\d\d[6-9]\d{7}$/.test(local)) {
    // Mobiles got a ninth digit; an account of before may still be under eight.
    const longer = abroad(`55${local.slice(0, 2)}9${local.slice(2)}`)
    if (longer?.isValid()) return [longer.number, `+55${local}`].map((number) => ({ number, mobile: true }))
  }
  // Mexico's mobiles had a 1 after the country code until 2019.
  if (country === 'MX' && /^1\d{10}$/.test(local)) return formsOf(abroad(`52${local.slice(1)}`))
  if (!phone.isValid()) return []
  const type = phone.getType()
  return [{ number: phone.number, mobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' }]
}

/** What people type to get past a form: one digit over and over, or the digits in a row. */
const isMadeUp = (local: string) =>
  /(\d)\1{6}$/.test(local) || ['1234567890', '0123456789', '123456789'].includes(local)
