import { lang } from './base.js'

// Days are texts `YYYY-MM-DD`, wall clocks `YYYY-MM-DDTHH:MM`, both in the calendar's zone: they compare as texts.

const utc = (day) => new Date(`${day}T00:00:00Z`)

export const addDays = (day, days) =>
  new Date(utc(day).getTime() + days * 86_400_000).toISOString().slice(0, 10)

export const mondayOf = (day) => addDays(day, -((utc(day).getUTCDay() + 6) % 7))

export const weekOf = (monday) => Array.from({ length: 7 }, (_, n) => addDays(monday, n))

/** The wall clock of now in a zone. */
export function nowIn(timeZone) {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format()
  return text.replace(' ', 'T')
}

const format = (options) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options })
const dayName = format({ weekday: 'short', day: 'numeric' })
const range = format({ day: 'numeric', month: 'long', year: 'numeric' })

export const dayTitle = (day) => dayName.format(utc(day))
export const weekTitle = (monday) => range.formatRange(utc(monday), utc(addDays(monday, 6)))

/** Google writes times in the calendar's zone, so their beginning is the wall clock. */
export const wallOf = ({ date, dateTime }) => (date ? `${date}T00:00` : dateTime.slice(0, 16))

export const minutesOf = (wall) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))

export const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The part of a timed event that lies on a day, in minutes of the day; nothing when there is none. */
export function partOn(day, event) {
  const [start, end] = [wallOf(event.start), wallOf(event.end)]
  const midnight = `${addDays(day, 1)}T00:00`
  if (start >= midnight || end <= `${day}T00:00`) return undefined
  const from = start.slice(0, 10) === day ? minutesOf(start) : 0
  const to = end >= midnight ? 1440 : minutesOf(end)
  return { event, from, to: Math.max(to, from + 15) }
}

/** Puts parts that overlap side by side: gives each a `lane` and the number of `lanes` of its group. */
export function inLanes(parts) {
  let group = []
  let groupEnd = 0
  for (const part of parts.sort((a, b) => a.from - b.from)) {
    if (part.from >= groupEnd) group = []
    const taken = new Set(group.filter((other) => other.to > part.from).map(({ lane }) => lane))
    part.lane = 0
    while (taken.has(part.lane)) part.lane += 1
    part.group = group
    group.push(part)
    group.lanes = Math.max(...group.map(({ lane }) => lane)) + 1
    groupEnd = Math.max(groupEnd, part.to)
  }
  return parts.map(({ group: { lanes }, ...part }) => ({ ...part, lanes }))
}
