import { rule, type Rule } from '../model.ts'

const TIME = '(?: standard| daylight)?(?: time)?'

/** Names that are a zone wherever they stand after a time. */
const ZONES: [string, string][] = [
  [`pacific${TIME}|p[sd]t|pt`, 'America/Los_Angeles'],
  [`eastern${TIME}|e[sd]t|et`, 'America/New_York'],
  [`central european${TIME}(?: summer time)?|ces?t`, 'Europe/Paris'],
  [`eastern european${TIME}|eest|eet`, 'Europe/Kyiv'],
  [`central${TIME}|c[sd]t|ct`, 'America/Chicago'],
  [`mountain${TIME}|m[sd]t|mt`, 'America/Denver'],
  ['msk|msc', 'Europe/Moscow'],
  ['gmt|utc|zulu', 'UTC'],
  ['bst', 'Europe/London'],
  ['gst', 'Asia/Dubai'],
  ['ist', 'Asia/Kolkata'],
  ['sgt', 'Asia/Singapore'],
  ['jst', 'Asia/Tokyo'],
  ['aest|aedt', 'Australia/Sydney'],
]

/** Places, only with "time" after them. */
const PLACES: [string, string][] = [
  ['moscow|russian?', 'Europe/Moscow'],
  ['london|uk|british', 'Europe/London'],
  ['berlin|german|frankfurt|munich', 'Europe/Berlin'],
  ['paris|french', 'Europe/Paris'],
  ['madrid|spanish', 'Europe/Madrid'],
  ['rome|italian', 'Europe/Rome'],
  ['amsterdam|dutch', 'Europe/Amsterdam'],
  ['warsaw|polish', 'Europe/Warsaw'],
  ['prague', 'Europe/Prague'],
  ['kyiv|kiev', 'Europe/Kyiv'],
  ['istanbul|turkish', 'Europe/Istanbul'],
  ['dubai|uae', 'Asia/Dubai'],
  ['israel|tel aviv', 'Asia/Jerusalem'],
  ['almaty|astana', 'Asia/Almaty'],
  ['tbilisi', 'Asia/Tbilisi'],
  ['yerevan', 'Asia/Yerevan'],
  ['india|indian|mumbai|delhi|kolkata', 'Asia/Kolkata'],
  ['singapore', 'Asia/Singapore'],
  ['hong kong', 'Asia/Hong_Kong'],
  ['beijing|china|shanghai', 'Asia/Shanghai'],
  ['tokyo|japan', 'Asia/Tokyo'],
  ['sydney', 'Australia/Sydney'],
  ['new york|ny|nyc|boston|miami|toronto|east coast', 'America/New_York'],
  ['chicago|texas|dallas', 'America/Chicago'],
  ['denver', 'America/Denver'],
  ['la|los angeles|san francisco|sf|california|seattle|west coast', 'America/Los_Angeles'],
]

/** "10am Pacific", "London time", "your time", "UTC+3". */
export const zoneRules: Rule[] = [
  rule('your (?:local )?time(?:zone| zone)?', () => ({ is: 'zone', zone: { whose: 'yours' } })),
  rule('(?:my|our|local) (?:local )?time(?:zone| zone)?', () => ({ is: 'zone', zone: { whose: 'mine' } })),
  rule('(?:utc|gmt) ?([+-]) ?(\\d{1,2})', (m) => {
    const hours = Number(`${m[1]}${m[2]}`)
    if (Math.abs(hours) > 14) return null
    // The sign of Etc zones is inverted by tradition.
    const tz = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
    return { is: 'zone', zone: { tz } }
  }),
  ...ZONES.map(([names, tz]) =>
    rule(`(?:in )?(?:${names})`, (_, before) =>
      before.some(({ is }) => is === 'clock' || is === 'number' || is === 'clocks')
        ? { is: 'zone', zone: { tz } }
        : null,
    ),
  ),
  ...PLACES.map(([names, tz]) =>
    rule(`(?:in )?(?:${names})(?:'s)? time`, () => ({ is: 'zone', zone: { tz } })),
  ),
  // "at 9 in London": by whose clock?
  rule(`in (?:${PLACES.map(([names]) => names).join('|')})`, (_, before) =>
    before.some(({ is }) => is === 'clock' || is === 'number' || is === 'clocks') ? { is: 'doubt' } : null,
  ),
]
