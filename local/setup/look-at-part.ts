import type { Language } from '../../texts/index.ts'
import { setHttpWays } from '../../api/src/outgoing/dispatchers.ts'
import { httpWays, variableNames } from '../../api/src/settings/variables.ts'
import { type Config, ConfigProblems, loadConfig } from '../settings/config.ts'
import { type GivenVariables, readEnvFile, readVariables, type Variables } from '../settings/env-file.ts'
import { simulatedSettings } from '../settings/simulated-settings.ts'
import {
  bad,
  type CheckWords,
  checkWords,
  type Look,
  type Part,
  type Places,
  type Row,
  type Values,
} from './part.ts'

/** Where the settings are: .env.example, the file that is written, the data folder, and what wins over the file. */
export type Place = {
  folder: string
  envFile: string
  dataDir: string
  environment: Variables
}

/** `language`: of the sentences in the rows. */
export type Ports = { place: Place; places: Places; now: () => Date; language: Language }

/** What is set now, and of it what stands in the file that is written. */
export function readSettingsOf(place: Place): GivenVariables & { written: Variables } {
  return { ...readVariables(variableNames, place), written: readEnvFile(place.envFile) }
}

/** Settings in which this part is as set, with the changes, and everything else is simulated. @throws ConfigProblems of this part */
export function lookFor(part: Part, changes: Values, { place, places, now, language }: Ports): Look {
  const { values, problems } = readVariables(variableNames, place)
  const own = problems.filter((problem) => part.names.some((name) => problem.startsWith(name)))
  if (own.length > 0 && Object.keys(changes).length === 0) throw new ConfigProblems(own)
  const environment: Variables = { ...simulatedSettings }
  for (const name of [...part.names, 'BUSINESS_CONFIG', ...ways]) environment[name] = values[name] ?? ''
  for (const [name, value] of Object.entries(changes)) {
    environment[name] = value
    if (value && name.endsWith('_FILE')) environment[name.slice(0, -'_FILE'.length)] = ''
  }
  const { folder, dataDir } = place
  const config = withoutEnvFile({ folder, dataDir, environment })
  setHttpWays(httpWays(config.settings, []))
  return { config, places, now: now(), language }
}

/** Settings of how this machine reaches the services, whichever part is looked at. */
const ways = ['TELEGRAM_PROXY', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']

const withoutEnvFile = (options: Omit<Place, 'envFile'>): Config => loadConfig({ ...options, envFile: null })

/** Everything that is wrong with one part, or good. Never throws. */
export async function lookAtPart(part: Part, changes: Values, ports: Ports): Promise<Row[]> {
  try {
    return await part.check(lookFor(part, changes, ports))
  } catch (error) {
    const words = checkWords(ports.language)
    if (error instanceof ConfigProblems) return error.problems.map((problem) => rowOfProblem(problem, words))
    return [
      bad(words.check, error instanceof Error ? error.message : String(error), 'npm run config -- check'),
    ]
  }
}

/** `NAME: what is wrong. Example: NAME=value`, or `. Make one: command` */
export function rowOfProblem(problem: string, words: CheckWords): Row {
  const [, name = '.env', what = problem, kind, mend = ''] =
    /^(\w+): (.*?)(?:\. (Example|Make one): (.*))?$/s.exec(problem) ?? []
  if (kind === 'Make one') return bad(name, what, words.makeOne(mend))
  const helps = kind === 'Example' && !mend.includes('=mock_') && !what.includes('example')
  return bad(name, what, words.correct(helps ? mend : null))
}
