import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { repository } from '../local/settings/config.ts'

/** The second seller's calendar: it has to be made in the Google simulator. */
export const secondCalendar = 'second@company.com'
/** The zone of sellers and leads alike. */
export const timeZone = 'Europe/Moscow'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const seller = (id: string, ru: string, en: string, calendar: string) => ({
  id,
  name: { ru, en },
  calendar,
  timeZone,
  workingHours: Object.fromEntries(days.map((day) => [day, ['08:00-21:00']])),
})

/**
 * The repository's business rules with short waits, two sellers who always work, and no message that nobody asked for; beside it
 * the knowledge.
 * @returns the file
 */
export function writeBusinessConfig(folder: string): string {
  const rules = parse(readFileSync(join(repository, 'config/business.yaml'), 'utf8')) as Record<
    string,
    object
  >
  mkdirSync(folder, { recursive: true })
  cpSync(join(repository, 'config/knowledge'), join(folder, 'knowledge'), { recursive: true })
  const file = join(folder, 'business.yaml')
  const changed = {
    ...rules,
    timeZone,
    followUps: [],
    meeting: { ...rules['meeting'], minNoticeMin: 30, horizonDays: 4, reminders: [] },
    sellers: [seller('anna', 'Анна', 'Anna', 'default'), seller('boris', 'Борис', 'Boris', secondCalendar)],
    conversation: { ...rules['conversation'], debounceSec: 2, debounceMaxSec: 8 },
  }
  writeFileSync(file, stringify(changed))
  return file
}
