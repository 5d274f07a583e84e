import { rule, type Rule } from '../model.ts'
import { isClock, zoneLetterRules } from '../zone-letters.ts'

const TIME = '(?: standard| daylight)?(?: time)?'

/** Names that are a zone wherever they stand after a time. */
const NAMES: [string, string][] = [
  [`pacific${TIME}`, 'America/Los_Angeles'],
  [`eastern${TIME}`, 'America/New_York'],
  [`central european${TIME}(?: summer time)?`, 'Europe/Paris'],
  [`eastern european${TIME}`, 'Europe/Kyiv'],
  [`central${TIME}`, 'America/Chicago'],
  [`mountain${TIME}`, 'America/Denver'],
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
  ...zoneLetterRules,
  ...NAMES.map(([names, tz]) =>
    rule(`(?:in )?(?:${names})`, (_, before) => (before.some(isClock) ? { is: 'zone', zone: { tz } } : null)),
  ),
  ...PLACES.map(([names, tz]) =>
    rule(`(?:in )?(?:${names})(?:'s)? time`, () => ({ is: 'zone', zone: { tz } })),
  ),
  // "at 9 in London": by whose clock?
  rule(`in (?:${PLACES.map(([names]) => names).join('|')})`, (_, before) =>
    before.some(({ is }) => is === 'clock' || is === 'number' || is === 'clocks') ? { is: 'doubt' } : null,
  ),
]
