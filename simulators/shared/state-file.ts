import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The whole world of one simulator as one JSON file, so that a demo survives a restart. Written to a side file and
 * renamed, at most every 200 ms. Without a file name nothing is kept.
 */
export type StateFile<State> = { state: State; changed: () => void; flush: () => void }

/** @throws when the file exists but is not JSON: a broken world is never silently replaced by an empty one. */
export function openStateFile<State>(file: string | undefined, empty: () => State): StateFile<State> {
  const state = (file && read<State>(file)) || empty()
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (!file) return
    mkdirSync(dirname(file), { recursive: true })
    // Tokens, auth keys and what people wrote: for nobody else on this machine. An old side file keeps its mode, so it goes first.
    rmSync(`${file}.new`, { force: true })
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const changed = () => {
    if (file && !timer) timer = setTimeout(flush, 200).unref()
  }
  return { state, changed, flush }
}

function read<State>(file: string): State | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return JSON.parse(text) as State
}
