import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** The zone of a country, where one is enough; the most populous one and a lower confidence where there are several. */
const zoneOfCountry: Record<string, string> = {
  BY: 'Europe/Minsk', UA: 'Europe/Kyiv', MD: 'Europe/Chisinau', KZ: 'Asia/Almaty', UZ: 'Asia/Tashkent', KG: 'Asia/Bishkek', TJ: 'Asia/Dushanbe', TM: 'Asia/Ashgabat', GE: 'Asia/Tbilisi', AM: 'Asia/Yerevan', AZ: 'Asia/Baku',
  LV: 'Europe/Riga', LT: 'Europe/Vilnius', EE: 'Europe/Tallinn', FI: 'Europe/Helsinki', SE: 'Europe/Stockholm', NO: 'Europe/Oslo', DK: 'Europe/Copenhagen', IS: 'Atlantic/Reykjavik', GB: 'Europe/London', IE: 'Europe/Dublin', FR: 'Europe/Paris', MC: 'Europe/Monaco', BE: 'Europe/Brussels', LU: 'Europe/Luxembourg', NL: 'Europe/Amsterdam', DE: 'Europe/Berlin', CH: 'Europe/Zurich', AT: 'Europe/Vienna', IT: 'Europe/Rome', MT: 'Europe/Malta', PL: 'Europe/Warsaw', CZ: 'Europe/Prague', SK: 'Europe/Bratislava', HU: 'Europe/Budapest', RO: 'Europe/Bucharest', BG: 'Europe/Sofia', RS: 'Europe/Belgrade', ME: 'Europe/Podgorica', HR: 'Europe/Zagreb', SI: 'Europe/Ljubljana', BA: 'Europe/Sarajevo', MK: 'Europe/Skopje', AL: 'Europe/Tirane', GR: 'Europe/Athens', CY: 'Asia/Nicosia', TR: 'Europe/Istanbul', AD: 'Europe/Andorra',
  IL: 'Asia/Jerusalem', AE: 'Asia/Dubai', SA: 'Asia/Riyadh', QA: 'Asia/Qatar', KW: 'Asia/Kuwait', BH: 'Asia/Bahrain', OM: 'Asia/Muscat', JO: 'Asia/Amman', LB: 'Asia/Beirut', IQ: 'Asia/Baghdad', IR: 'Asia/Tehran', EG: 'Africa/Cairo', MA: 'Africa/Casablanca', TN: 'Africa/Tunis', DZ: 'Africa/Algiers', NG: 'Africa/Lagos', GH: 'Africa/Accra', KE: 'Africa/Nairobi', ET: 'Africa/Addis_Ababa', TZ: 'Africa/Dar_es_Salaam', UG: 'Africa/Kampala', ZA: 'Africa/Johannesburg',
  IN: 'Asia/Kolkata', PK: 'Asia/Karachi', BD: 'Asia/Dhaka', LK: 'Asia/Colombo', NP: 'Asia/Kathmandu', TH: 'Asia/Bangkok', VN: 'Asia/Ho_Chi_Minh', KH: 'Asia/Phnom_Penh', MY: 'Asia/Kuala_Lumpur', SG: 'Asia/Singapore', PH: 'Asia/Manila', CN: 'Asia/Shanghai', HK: 'Asia/Hong_Kong', MO: 'Asia/Macau', TW: 'Asia/Taipei', KR: 'Asia/Seoul', JP: 'Asia/Tokyo',
  AR: 'America/Argentina/Buenos_Aires', CO: 'America/Bogota', PE: 'America/Lima', VE: 'America/Caracas', BO: 'America/La_Paz', UY: 'America/Montevideo', PY: 'America/Asuncion', CR: 'America/Costa_Rica', PA: 'America/Panama', GT: 'America/Guatemala', CU: 'America/Havana', DO: 'America/Santo_Domingo', PR: 'America/Puerto_Rico',
}
const oneOfSeveral: Record<string, string> = {
  ES: 'Europe/Madrid', PT: 'Europe/Lisbon', NZ: 'Pacific/Auckland', CL: 'America/Santiago', EC: 'America/Guayaquil', MX: 'America/Mexico_City', BR: 'America/Sao_Paulo', ID: 'Asia/Jakarta', MN: 'Asia/Ulaanbaatar',
}

/** Russian numbers of a town by the digits after +7; mobile ones (9..) tell nothing, people keep them when they move. */
const russianAreas: [digits: RegExp, zone: string][] = [
  [/^(?:495|498|499|812|813|81[1-8]|82[01]|83[13]|84[1379]|861|862|863|4[7-9]\d)/, 'Europe/Moscow'],
  [/^401/, 'Europe/Kaliningrad'],
  [/^(?:846|848|341)/, 'Europe/Samara'],
  [/^845/, 'Europe/Saratov'],
  [/^842/, 'Europe/Ulyanovsk'],
  [/^851/, 'Europe/Astrakhan'],
  [/^(?:34[2-9]|35[1-3]|349)/, 'Asia/Yekaterinburg'],
  [/^381/, 'Asia/Omsk'],
  [/^383/, 'Asia/Novosibirsk'],
  [/^(?:385|388)/, 'Asia/Barnaul'],
  [/^382/, 'Asia/Tomsk'],
  [/^384/, 'Asia/Novokuznetsk'],
  [/^39[0-1]|^394/, 'Asia/Krasnoyarsk'],
  [/^395|^301/, 'Asia/Irkutsk'],
  [/^302/, 'Asia/Chita'],
  [/^411|^416/, 'Asia/Yakutsk'],
  [/^42[1236]/, 'Asia/Vladivostok'],
  [/^424/, 'Asia/Sakhalin'],
  [/^413/, 'Asia/Magadan'],
  [/^415/, 'Asia/Kamchatka'],
]

/** The zone that a phone (+digits) speaks for, and how sure that is; null when it tells none. */
export function zoneOfPhone(phone: string | null): { zone: string; confidence: number } | null {
  const number = phone === null ? undefined : parsePhoneNumberFromString(phone)
  if (!number?.country) return null
  const one = zoneOfCountry[number.country]
  if (one) return { zone: one, confidence: 0.4 }
  const likely = oneOfSeveral[number.country]
  if (likely) return { zone: likely, confidence: 0.3 }
  if (number.country !== 'RU') return null
  const area = russianAreas.find(([digits]) => digits.test(number.nationalNumber))
  return area ? { zone: area[1], confidence: 0.2 } : null
}
