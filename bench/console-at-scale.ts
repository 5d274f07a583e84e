import { openApp } from '../api/src/testing/open-app.ts'
import {
  fillDatabase,
  filledName,
  filledPhone,
  linesPerLead,
  settleDatabase,
} from '../api/src/testing/fill-database.ts'
import { comeIn, executablePath, openBrowsers, serveConsole } from '../e2e/console/open-console.ts'
import { startTestDatabase } from '../local/postgres/test-database.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { median } from './median.ts'

const leads = 200_000
const rounds = 15
const goalMs = 500

/** From the click to what it shows, in a real browser, with as much in the database as some years bring. */
export const consoleAtScale: Benchmark = {
  id: 'console',
  title: `list, search, thread and numbers of the console at ${(leads * linesPerLead).toLocaleString('en')} messages, p50 in Chromium (about 5 minutes)`,
  run: async ({ say, progress }) => {
    if (!executablePath) throw new Error('chromium is not installed')
    const database = await startTestDatabase()
    const app = openApp(database.url)
    try {
      app.db.options.statement_timeout = 0
      await fillDatabase(app.db, leads, (table) =>
        progress(`${(leads * linesPerLead).toLocaleString('en')} messages: ${table}`),
      )
      await settleDatabase(app.db)
      progress('Measuring')
      const served = await serveConsole(app)
      const times = await measureConsole(app, served.url).finally(served.close)
      const figures = Object.entries(times).map(([id, took]): Figure => {
        const value = Math.round(median(took))
        return { id: `console.${id}`, value, goal: goalMs, met: value <= goalMs }
      })
      say(`| page | p50, ms | slowest of ${rounds}, ms |\n|---|---|---|`)
      for (const [id, took] of Object.entries(times))
        say(`| ${id} | ${Math.round(median(took))} | ${Math.round(Math.max(...took))} |`)
      return figures
    } finally {
      await app.db.end()
      await database.stop()
    }
  },
}

/** In milliseconds, each round of each page; of the console at `url`, on a database that fillDatabase has filled. */
export async function measureConsole(
  app: ReturnType<typeof openApp>,
  url: string,
): Promise<Record<string, number[]>> {
  const browsers = await openBrowsers()
  try {
    const page = await browsers.openPage({ language: 'en' })
    await comeIn(page, app, url, { language: 'en' })
    const row = (name: string | RegExp) => page.getByText(name).first()
    const search = page.getByLabel('Search name, phone, words')
    const timed = async (act: () => Promise<unknown>, shown: () => Promise<unknown>) => {
      const began = performance.now()
      await act()
      await shown()
      return performance.now() - began
    }
    const times: Record<string, number[]> = { list: [], search: [], thread: [], numbers: [] }
    for (let round = -1; round < rounds; round++) {
      const lead = Math.floor(((round + 1.5) * leads) / (rounds + 1))
      const note = (what: string, ms: number) => round >= 0 && times[what]?.push(ms)
      // The page forgets what it has read: each round reads all of it anew.
      await page.goto(`${url}/app/alerts`)
      await page.getByRole('main').waitFor()
      note(
        'list',
        await timed(
          () => page.getByRole('link', { name: /^All leads/ }).click(),
          () => row(filledName(leads)).waitFor(),
        ),
      )
      note(
        'search',
        await timed(
          () => search.fill(filledPhone(lead)),
          () => row(filledName(lead)).waitFor(),
        ),
      )
      note(
        'thread',
        await timed(
          () => row(filledName(lead)).click(),
          () => page.getByRole('log').getByText(`line 9 of lead ${lead},`).waitFor(),
        ),
      )
      note(
        'numbers',
        await timed(
          () => page.getByRole('link', { name: 'Numbers' }).click(),
          () => page.getByText('Held', { exact: true }).first().waitFor(),
        ),
      )
    }
    return times
  } finally {
    await browsers.close()
  }
}
