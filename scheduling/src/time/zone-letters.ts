import { rule, type Atom, type Rule } from './model.ts'

/** Abbreviations that mean a zone in either language; with several meanings where no side's own zone decides. */
const LETTERS: [letters: string, tz: string, ...others: string[]][] = [
  ['p[sd]?t', 'America/Los_Angeles'],
  ['e[sd]?t', 'America/New_York'],
  ['cd?t', 'America/Chicago'],
  ['cst', 'America/Chicago', 'Asia/Shanghai', 'America/Havana'],
  ['m[sd]?t', 'America/Denver'],
  ['ak[sd]t', 'America/Anchorage'],
  ['hst', 'Pacific/Honolulu'],
  ['a[sd]t', 'America/Halifax'],
  ['brt', 'America/Sao_Paulo'],
  ['ces?t', 'Europe/Paris'],
  ['eest|eet', 'Europe/Kyiv'],
  ['msk|msc', 'Europe/Moscow'],
  ['gmt|utc|zulu|z', 'UTC'],
  ['bst', 'Europe/London', 'Asia/Dhaka'],
  ['trt', 'Europe/Istanbul'],
  ['gst', 'Asia/Dubai'],
  ['azt', 'Asia/Baku'],
  ['yekt', 'Asia/Yekaterinburg'],
  ['omst', 'Asia/Omsk'],
  ['novt', 'Asia/Novosibirsk'],
  ['krat', 'Asia/Krasnoyarsk'],
  ['irkt', 'Asia/Irkutsk'],
  ['vlat', 'Asia/Vladivostok'],
  ['uzt', 'Asia/Tashkent'],
  ['pkt', 'Asia/Karachi'],
  ['ist', 'Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  ['ict', 'Asia/Bangkok'],
  ['wib', 'Asia/Jakarta'],
  ['wita', 'Asia/Makassar'],
  ['sgt', 'Asia/Singapore'],
  ['hkt', 'Asia/Hong_Kong'],
  ['pht', 'Asia/Manila'],
  ['jst', 'Asia/Tokyo'],
  ['kst', 'Asia/Seoul'],
  ['aw[sd]?t', 'Australia/Perth'],
  ['ac[sd]t', 'Australia/Adelaide'],
  ['ae[sd]?t', 'Australia/Sydney'],
  ['nz[sd]?t', 'Pacific/Auckland'],
  ['sast', 'Africa/Johannesburg'],
]

/** Of letters that exist in two kinds; "ET" says neither. */
function seasonOf(text: string): 'winter' | 'summer' | undefined {
  if (/(?<!\p{L})(?:[ecmp]|ak|a|ac|ae|nz)dt(?!\p{L})|(?<!\p{L})(?:ce|ee)st(?!\p{L})/u.test(text))
    return 'summer'
  return /(?<!\p{L})(?:[ecmp]st|akst|cet|eet)(?!\p{L})/u.test(text) ? 'winter' : undefined
}

/** The zone of a fixed offset from UTC in minutes; null when no place has it. */
function fixedZone(minutes: number): string | null {
  if (Math.abs(minutes) > 14 * 60 || minutes % 15 !== 0) return null
  if (minutes === 0) return 'UTC'
  const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** Letters that are words too, or too short to be a zone without a time before them. */
const isCommonWord = (text: string): boolean =>
  /(?<!\p{L})(?:\p{L}{1,2}|est|ist|ict|msc|hst|ast)(?!\p{L})/u.test(text)

const isTimed = (atom?: Atom): boolean => atom?.is === 'part' || atom?.is === 'day' || atom?.is === 'elapsed'

export const isClock = ({ is }: Atom): boolean => is === 'clock' || is === 'number' || is === 'clocks'

/** "UTC+3", "10:00 CET", "15:00 +0300": the same in both languages. */
export const zoneLetterRules: Rule[] = [
  rule('\\(?(?:utc|gmt|гмт) ?([+-]) ?(\\d{1,2})(?::?([0-5]\\d))?\\)?', (m) => fixed(m[1]!, m[2]!, m[3]!)),
  rule('\\(?(?:мск|msk) ?([+-]) ?(\\d{1,2})\\)?', (m) => {
    const tz = fixedZone(180 + 60 * Number(`${m[1]}${m[2]}`))
    return tz === null ? null : { is: 'zone', zone: { tz } }
  }),
  rule('([+-]) ?(\\d{1,2})(?: час\\p{L}*)? (?:к|от|from|to) (?:мск|москв\\p{L}+|msk|moscow)', (m) => {
    const tz = fixedZone(180 + 60 * Number(`${m[1]}${m[2]}`))
    return tz === null ? null : { is: 'zone', zone: { tz } }
  }),
  rule('(?<=\\d:\\d\\d ?)([+])(\\d\\d):?([0-5]\\d)', (m) => fixed(m[1]!, m[2]!, m[3]!)),
  // "11:00+5": hours from what?
  rule('(?<=\\d ?)\\+\\d{1,2}', () => ({ is: 'doubt' })),
  ...LETTERS.map(([names, tz, ...others]) =>
    rule(`\\(?(?:in )?(?:${names})(?! ?[+-] ?\\d)(?: time)?\\)?`, (m, before) =>
      before.some(isClock) || isTimed(before.at(-1)) || !isCommonWord(m[0]!)
        ? { is: 'zone', zone: { tz, season: seasonOf(m[0]!), ...(others.length > 0 && { others }) } }
        : null,
    ),
  ),
]

function fixed(sign: string, hours: string, minutes: string): Atom | null {
  const tz = fixedZone(Number(`${sign}1`) * (60 * Number(hours) + Number(minutes)))
  return tz === null ? null : { is: 'zone', zone: { tz } }
}
