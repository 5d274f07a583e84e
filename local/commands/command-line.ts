import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Language, languages } from '../../texts/index.ts'
import { setHttpWays } from '../../api/src/outgoing/dispatchers.ts'
import { httpWays } from '../../api/src/settings/variables.ts'
import { type Config, ConfigProblems, loadConfig } from '../settings/config.ts'

type Options = Record<string, { type: 'string' | 'boolean' }>
type Values<Given extends Options> = {
  [Name in keyof Given]?: Given[Name]['type'] extends 'boolean' ? boolean : string
}

/** The options of a command. Prints the help and ends for --help; says what is wrong and ends with 2 for a bad option. */
export function readOptions<Given extends Options>(help: string, options: Given): Values<Given> {
  try {
    const all: Options = { ...options, help: { type: 'boolean' } }
    const { values } = parseArgs({ options: all, strict: true })
    if (!values.help) return values as Values<Given>
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help.trim()}`)
    process.exit(2)
  }
  console.log(help.trim())
  process.exit(0)
}

/** Options and words of a command that has several deeds. Says what is wrong and ends with 2 for a bad option. */
export function readArguments<const Given extends ParseArgsOptionsConfig>(help: string, options: Given) {
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help.trim()}`)
    process.exit(2)
  }
}

/** The settings, whose proxies hold from here on; what is wrong in them is said in one list, and the command ends with 2. */
export function loadOrEnd(): Config {
  try {
    const config = loadConfig()
    setHttpWays(httpWays(config.settings, []))
    return config
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

/** --lang, or the language of the terminal. */
export function readLanguage(given: string | undefined): Language {
  const wanted = given ?? (process.env.LC_ALL || process.env.LANG || 'en').slice(0, 2).toLowerCase()
  const known = languages.find((language) => language === wanted)
  if (known) return known
  if (given === undefined) return 'en'
  console.error(`--lang must be ${languages.join(' or ')}`)
  process.exit(2)
}

/** Lines with the seconds since the command began. */
export function createProgress(write: (line: string) => void): (line: string) => void {
  const started = performance.now()
  return (line) => write(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`)
}

/**
 * Aborted when the command shall end: Ctrl-C, SIGTERM, a closed terminal, or the death of the process that started us
 * with a channel (bootstrap.mjs on an older Node).
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abort)
  if (process.channel) {
    process.on('disconnect', abort)
    process.channel.unref()
  }
  return controller.signal
}

/** Resolves when the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  // A pending promise alone does not keep Node running.
  const alive = setInterval(() => {}, 60_000)
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearInterval(alive)
      resolve()
    })
  })
}

/** Says what went wrong in one message, without a stack. */
export function fail(error: unknown): void {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
