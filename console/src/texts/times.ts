import { fill, type Language, type Texts } from './texts.ts'

const locale = { ru: 'ru-RU', en: 'en-GB' } as const
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one is slow, a list shows hundreds. */
function format(language: Language, zone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify([language, zone, options])
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale[language], { ...options, ...(zone ? { timeZone: zone } : {}) })
  formats.set(key, made)
  return made
}

type Moment = string | Date
/** Without a zone: the browser's own. */
type In = { language: Language; zone?: string | undefined }

export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** "14:05" */
export const clock = (at: Moment, { language, zone }: In) =>
  format(language, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

/** "Tue 24 Nov" */
export const dayName = (at: Moment, { language, zone }: In) =>
  format(language, zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at))

/** "Tuesday, 24 November" */
export const longDay = (at: Moment, { language, zone }: In) =>
  format(language, zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at))

/** "24 Nov, 14:05", without the day when it is today. */
export function moment(at: Moment, { language, zone }: In): string {
  const time = clock(at, { language, zone })
  return dayKey(at, zone) === dayKey(new Date(), zone)
    ? time
    : `${format(language, zone, { day: 'numeric', month: 'short' }).format(new Date(at))}, ${time}`
}

/** "2026-11-24": for comparing days of a zone. */
export const dayKey = (at: Moment, zone?: string) =>
  new Intl.DateTimeFormat('sv-SE', zone ? { timeZone: zone } : {}).format(new Date(at))

/** How far the zone's wall clock is from UTC at that moment, in minutes. */
export function offsetMin(at: Moment, zone: string): number {
  const instant = new Date(at)
  const text = instant.toLocaleString('sv-SE', { timeZone: zone, hourCycle: 'h23' })
  return Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - instant.getTime()) / 60_000)
}

/** The city of a zone as people read it: browsers know its Russian name as a part of the zone's long one. */
export function cityOf(zone: string, language: Language): string {
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  if (language !== 'ru') return city
  const parts = format(language, zone, { timeZoneName: 'long' }).formatToParts(new Date())
  const [name, ...rest] = (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').split(',')
  return rest.length > 0 && name ? name : city
}

/** "5 min": how long ago, or how long until. */
export function ago(at: Moment, texts: Texts, now = Date.now()): string {
  const seconds = Math.abs(now - new Date(at).getTime()) / 1000
  if (seconds < 45) return texts.ago.now
  if (seconds < 3570) return fill(texts.ago.min, { n: Math.max(1, Math.round(seconds / 60)) })
  if (seconds < 86_400) return fill(texts.ago.hour, { n: Math.round(seconds / 3600) })
  return fill(texts.ago.day, { n: Math.round(seconds / 86_400) })
}

/** "1.4 s", "3 min": a span of time in seconds. */
export function duration(seconds: number, texts: Texts, language: Language): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale[language], { maximumFractionDigits: digits }).format(value)
  if (seconds < 90) return fill(texts.duration.sec, { n: number(seconds, seconds < 10 ? 1 : 0) })
  if (seconds < 5400) return fill(texts.duration.min, { n: number(seconds / 60, 0) })
  if (seconds < 129_600) return fill(texts.duration.hour, { n: number(seconds / 3600, 1) })
  return fill(texts.duration.day, { n: number(seconds / 86_400, 1) })
}
