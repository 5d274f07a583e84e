import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { repository } from '../../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../../local/settings/data-folder.ts'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem } from '../system.ts'
import { type Talk, takesTimes } from './talk.ts'

/** A Monday morning, 10:00 in Moscow: far enough ahead that the talks can name its days for years to come. */
export const talksBegin = new Date('2031-02-03T10:00:00+03:00')
export const sellerZone = 'Europe/Moscow'

/** Who works a talk: a calendar that no other talk takes times of, found by the card's responsible user. */
export type TalkSeller = { id: string; calendar: string; userId: number }
export type TalkSystem = { system: System; sellerOf: (talk: Talk) => TalkSeller; stop: () => Promise<void> }

/** Google answers for so many calendars in one request. */
const mostSellers = 50
/** Users that the amoCRM simulator has from the beginning have lower ids. */
const firstUserId = 9_000_004

/** The whole system with its real n8n, its clock at `talksBegin`, short waits, and a seller for each talk that takes times. */
export async function startTalkSystem(
  talks: Talk[],
  settings: Record<string, string> = {},
): Promise<TalkSystem> {
  const booking = talks.filter(takesTimes)
  const { system, sellers, stop } = await startOffice(booking.length + 1, settings)
  return { system, stop, sellerOf: (talk) => sellers[booking.indexOf(talk) + 1]! }
}

/**
 * The same with so many sellers, at most 50; the first is nobody's own.
 * @param settings over those of the simulators: keys of a real model, say
 * @param as `shipped`: debounce, manner and fsync as an installation has them
 */
export async function startOffice(
  count: number,
  settings: Record<string, string> = {},
  as: 'test' | 'shipped' = 'test',
): Promise<{ system: System; sellers: TalkSeller[]; stop: () => Promise<void> }> {
  const sellers = Array.from({ length: count }, (_, index): TalkSeller => ({
    id: index === 0 ? 'shared' : `s${index}`,
    calendar: `s${index}@company.com`,
    userId: firstUserId + index,
  }))
  if (sellers.length > mostSellers)
    throw new Error(`At most ${mostSellers - 1} talks can take times in one run, and ${count - 1} do`)

  const folder = makeTemporaryDataFolder()
  const system = await startTestSystem(
    { CLOCK_AHEAD_MS: String(talksBegin.getTime() - Date.now()) },
    { ...settings, BUSINESS_CONFIG: writeBusiness(folder, sellers, as === 'test' ? testWaits : {}) },
    { durable: as === 'shipped' },
  ).catch((error: unknown) => {
    removeDataFolder(folder)
    throw error
  })
  const stop = async () => {
    await system.stop()
    removeDataFolder(folder)
  }
  const { google, amocrm, telegram } = system.urls
  // An account may write to some forty strangers a day; here it writes to all people of the corpus.
  await ask(`${telegram}/_sim/limits`, { json: { limits: 'none' } })
  for (const { id, calendar, userId } of sellers) {
    await ask(`${google}/_sim/calendars`, { json: { id: calendar, timeZone: sellerZone } })
    const user = await ask(`${amocrm}/_sim/users`, { json: { name: `Seller ${id}`, email: calendar } })
    if ((user.body as { id: number }).id !== userId)
      throw new Error(`The user of ${id} is ${JSON.stringify(user.body)}, not ${userId}`)
  }
  return { system, sellers, stop }
}

const testWaits = {
  conversation: { debounceSec: 0.8, debounceMaxSec: 5 },
  telegram: { manner: { readSec: 0, charsPerSec: 1000, longestTypingSec: 0.1 } },
  amocrm: { transcriptRestMin: 0.1 },
}

/** The repository's business rules, with other waits where they are given. @returns the file */
function writeBusiness(folder: string, sellers: TalkSeller[], waits: Partial<typeof testWaits>): string {
  const rules = parse(readFileSync(join(repository, 'config/business.yaml'), 'utf8')) as Record<
    string,
    object
  >
  const [model] = rules['sellers'] as object[]
  const home = join(folder, 'config')
  mkdirSync(home, { recursive: true })
  cpSync(join(repository, 'config/knowledge'), join(home, 'knowledge'), { recursive: true })
  const file = join(home, 'business.yaml')
  writeFileSync(
    file,
    stringify({
      ...rules,
      conversation: { ...rules['conversation'], ...waits.conversation },
      telegram: { ...rules['telegram'], ...waits.telegram },
      amocrm: { ...rules['amocrm'], ...waits.amocrm },
      sellers: sellers.map(({ id, calendar, userId }) => ({ ...model, id, calendar, amocrmUserId: userId })),
    }),
  )
  return file
}
