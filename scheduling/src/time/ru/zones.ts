import { rule, type Rule } from '../model.ts'

const CITIES: [string, string][] = [
  ['москв\\p{L}+|московск\\p{L}+|мск|столиц\\p{L}', 'Europe/Moscow'],
  ['питер\\p{L}*|спб|санкт-петербург\\p{L}*|петербург\\p{L}*', 'Europe/Moscow'],
  ['калининград\\p{L}*', 'Europe/Kaliningrad'],
  ['самар\\p{L}+', 'Europe/Samara'],
  [
    'екатеринбург\\p{L}*|екб|екат\\p{L}*|челябинск\\p{L}*|перм\\p{L}+|тюмен\\p{L}+|уф[еаы]|уфимск\\p{L}+',
    'Asia/Yekaterinburg',
  ],
  ['омск\\p{L}*', 'Asia/Omsk'],
  ['новосибирск\\p{L}*|нск|новосиб\\p{L}*', 'Asia/Novosibirsk'],
  ['красноярск\\p{L}*', 'Asia/Krasnoyarsk'],
  ['иркутск\\p{L}*', 'Asia/Irkutsk'],
  ['якутск\\p{L}*', 'Asia/Yakutsk'],
  ['владивосток\\p{L}*|хабаровск\\p{L}*', 'Asia/Vladivostok'],
  ['магадан\\p{L}*', 'Asia/Magadan'],
  ['камчат\\p{L}+', 'Asia/Kamchatka'],
  ['киев\\p{L}*', 'Europe/Kyiv'],
  ['минск\\p{L}*', 'Europe/Minsk'],
  ['алмат\\p{L}+|астан\\p{L}+|казахстан\\p{L}*', 'Asia/Almaty'],
  ['ташкент\\p{L}*', 'Asia/Tashkent'],
  ['тбилис\\p{L}+', 'Asia/Tbilisi'],
  ['ереван\\p{L}*', 'Asia/Yerevan'],
  ['баку|бакинск\\p{L}+', 'Asia/Baku'],
  ['бишкек\\p{L}*', 'Asia/Bishkek'],
  ['дуба[юейя]|дубайск\\p{L}+', 'Asia/Dubai'],
  ['стамбул\\p{L}*|турци\\p{L}+', 'Europe/Istanbul'],
  ['берлин\\p{L}*|германи\\p{L}+', 'Europe/Berlin'],
  ['париж\\p{L}*', 'Europe/Paris'],
  ['лондон\\p{L}*', 'Europe/London'],
  ['варшав\\p{L}+', 'Europe/Warsaw'],
  ['праг\\p{L}+|пражск\\p{L}+', 'Europe/Prague'],
  ['белград\\p{L}*', 'Europe/Belgrade'],
  ['кипр\\p{L}*', 'Asia/Nicosia'],
  ['израил\\p{L}+|тель-авив\\p{L}*', 'Asia/Jerusalem'],
  ['нью-йорк\\p{L}*', 'America/New_York'],
  ['тихоокеанск\\p{L}+|лос-анджелес\\p{L}*', 'America/Los_Angeles'],
  ['пекин\\p{L}*', 'Asia/Shanghai'],
  ['бал[ии]|балийск\\p{L}+', 'Asia/Makassar'],
  ['бангкок\\p{L}*|таиланд\\p{L}*', 'Asia/Bangkok'],
  ['гринвич\\p{L}*', 'UTC'],
]

/** "по Москве", "МСК+2", "по вашему времени". */
export const zoneRules: Rule[] = [
  rule('(?:по[ -])?ваше(?:му|й)(?: времени)?|по времени вашего офиса', (m) =>
    /по|времени/u.test(m[0]!) ? { is: 'zone', zone: { whose: 'yours' } } : null,
  ),
  rule('(?:по[ -])?(?:моему|нашему|местному|своему)(?: времени)?', (m) =>
    /^по.*времени|^по нашему|^по местному|времени/u.test(m[0]!)
      ? { is: 'zone', zone: { whose: 'mine' } }
      : null,
  ),
  rule('(?:мск|msk) ?([+-]) ?(\\d{1,2})', (m) => fixed(3 + Number(`${m[1]}${m[2]}`))),
  rule('(?:utc|gmt|гмт) ?([+-]) ?(\\d{1,2})', (m) => fixed(Number(`${m[1]}${m[2]}`))),
  rule('utc|gmt', () => ({ is: 'zone', zone: { tz: 'UTC' } })),
  rule('msk', () => ({ is: 'zone', zone: { tz: 'Europe/Moscow' } })),
  ...CITIES.map(([city, tz]) =>
    rule(`(?:по[ -])?(?:времени )?(?:г\\. ?)?(?:${city})(?: времени| время)?`, (m) =>
      /^по|врем|^мск$|^екб$|^нск$/u.test(m[0]!) ? { is: 'zone', zone: { tz } } : null,
    ),
  ),
]

function fixed(hours: number): ReturnType<Rule['read']> {
  if (Math.abs(hours) > 14) return null
  // The sign of Etc zones is inverted by tradition.
  return {
    is: 'zone',
    zone: { tz: hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}` },
  }
}
