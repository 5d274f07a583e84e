import { timeZone } from '../business-config.ts'
import type { Line } from './story.ts'

const months = {
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
const time = new RegExp(
  String.raw`(\d{1,2}) (${[...months.ru, ...months.en].join('|')})\S*,? (\d{2}:\d{2})`,
  'g',
)

/** "11:00 London time (14:00 Moscow time)" says it in both zones: the one in brackets is ours. */
const inOurZone = (text: string) =>
  text.replaceAll(
    /(\d{1,2} \p{L}+), \d{2}:\d{2}[^()\n]*\((?:\p{L}+, (\d{1,2} \p{L}+), )?(\d{2}:\d{2}) [^()]*\)/gu,
    (_all, day: string, otherDay: string | undefined, clock: string) => `${otherDay ?? day}, ${clock}`,
  )

/** A wall-clock time as `26.11 15:00`, or null when the line does not tell exactly one time, or offers several. */
export function toldTime({ from, text }: Pick<Line, 'from' | 'text'>): string | null {
  if (from !== 'ai' || /^\d\) /m.test(text)) return null
  const found = [...inOurZone(text).matchAll(time)]
  const [, day, month = '', clock] = found.length === 1 ? found[0]! : []
  if (!day) return null
  const number = Math.max(months.ru.indexOf(month), months.en.indexOf(month)) + 1
  return `${day}.${number} ${clock}`
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: 'numeric',
  month: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant in the same form, in the zone that the leads are told times in. */
export function asTold(instant: number): string {
  const part = Object.fromEntries(wallClock.formatToParts(instant).map(({ type, value }) => [type, value]))
  return `${Number(part['day'])}.${Number(part['month'])} ${part['hour']}:${part['minute']}`
}
