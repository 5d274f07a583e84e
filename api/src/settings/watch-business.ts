import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../app.ts'
import { saveItems } from '../knowledge/save-items.ts'
import { saveSellers } from '../leads/save-sellers.ts'
import { errorText } from '../text/storable.ts'
import { type Business, businessFile, readBusiness } from './business.ts'

type Ports = Pick<App, 'business' | 'config' | 'db' | 'log'>

const everyMs = 2000

/**
 * Reads business.yaml and the knowledge beside it again whenever they have changed, without a restart. What cannot be read is refused, with
 * lines and reasons in the log, and the rules before stay in force. Asks the files for their dates: a folder that is mounted into a container
 * tells nobody of changes.
 */
export function watchBusiness(app: Ports, everyMillis = everyMs): { stop: () => Promise<void> } {
  const ending = new AbortController()
  const file = app.config.businessConfig ?? businessFile
  const done = (async () => {
    for (let known = stateOf(file); ;) {
      await sleep(everyMillis, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) return
      const state = stateOf(file)
      if (state === known) continue
      if (await reloadBusiness(app, file)) known = state
      else if (await isWrong(file)) known = state
    }
  })()
  return {
    stop: async () => {
      ending.abort()
      await done
    },
  }
}

/** What cannot be read now is not looked at again before it changes; a database that is away is. */
const isWrong = async (file: string): Promise<boolean> => {
  try {
    readBusiness(file)
    return false
  } catch {
    return true
  }
}

/** @returns whether the new rules are in force */
export async function reloadBusiness(app: Ports, file: string): Promise<boolean> {
  try {
    const next = readBusiness(file)
    await saveSellers({ ...app, business: next })
    await saveItems({ ...app, business: next })
    replace(app.business, next)
    app.log.info({ file }, 'The business rules were read again and are in force')
    return true
  } catch (error) {
    app.log.error(
      { file, reason: errorText(error) },
      'The business rules were refused; the ones before stay in force',
    )
    return false
  }
}

/** In place: everything that was given the rules has the new ones at once. */
function replace(old: Business, next: Business): void {
  for (const name of Object.keys(old)) if (!(name in next)) Reflect.deleteProperty(old, name)
  Object.assign(old, next)
}

/** Changes whenever a file is written, added or taken away. */
function stateOf(file: string): string {
  const pages = ['../knowledge', '../variants'].flatMap((beside) => {
    const folder = join(file, beside)
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : []
    return names.toSorted().map((name) => join(folder, name))
  })
  return [file, ...pages].map(dateOf).join('\n')
}

function dateOf(file: string): string {
  try {
    const { mtimeMs, size } = statSync(file)
    return `${file} ${mtimeMs} ${size}`
  } catch {
    return `${file} gone`
  }
}
