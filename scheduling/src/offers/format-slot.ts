import { offsetAt, wallAt } from '../zone.ts'
import { zoneLabel } from './zone-label.ts'

export type Lang = 'ru' | 'en'

// Written out rather than taken from Intl: its forms differ between versions of the runtime.
const WEEKDAYS = {
  ru: ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const MONTHS = {
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
}

/**
 * A start (RFC 3339) as people of `timeZone` write it: `чт, 26 ноября, 15:00`, `Thu, 26 Nov, 15:00`, and with
 * `withZone` the name of the zone after it. `alsoIn`, another zone, adds the same moment there in brackets where its clock differs.
 */
export function formatSlot(
  start: string,
  timeZone: string,
  lang: Lang,
  options: { withZone?: boolean; alsoIn?: string } = {},
): string {
  const instant = Date.parse(start)
  if (Number.isNaN(instant)) throw new RangeError(`start: not an instant: ${start}`)
  const wall = new Date(wallAt(timeZone, instant))
  const date = `${wall.getUTCDate()} ${MONTHS[lang][wall.getUTCMonth()]}`
  const text = `${WEEKDAYS[lang][wall.getUTCDay()]}, ${date}, ${wall.toISOString().slice(11, 16)}`
  const here = options.withZone ? `${text} ${zoneLabel(start, timeZone, lang)}` : text
  const { alsoIn } = options
  if (!alsoIn || offsetAt(alsoIn, instant) === offsetAt(timeZone, instant)) return here
  const there = formatSlot(start, alsoIn, lang)
  const isSameDay = there.slice(0, -5) === text.slice(0, -5)
  return `${here} (${isSameDay ? there.slice(-5) : there} ${zoneLabel(start, alsoIn, lang)})`
}
