import { abortOnSignals, createProgress, fail, readOptions } from '../local/commands/command-line.ts'
import { type BrokenBuild, brokenBuilds } from './broken-build.ts'
import { describeResult } from './report.ts'
import { runChaos } from './run-chaos.ts'

const help = `
npm run chaos -- [options]

Starts the whole system in a folder of its own, lets simulated people come and talk, kills parts of the system with kill -9 and
disturbs its traffic all the while, waits for quiet, and checks by what the outside services saw that no promise was broken.
Exits with 1 when one was. The same seed plans the same people, kills and faults.

  --kills N      how often something is killed (default: 20; from 17 on the API dies once at each of its fault points)
  --seed S       a whole number (default: 1)
  --minutes M    how long the storm lasts (default: 3, or a minute for every ten kills); quiet takes one to eight minutes more
  --people P     how many leads come (default: 14, one of each character, or one for every five kills)
  --cluster      n8n in queue mode and two API servers, as docker-compose.yml has them, instead of what npm start starts
  --broken NAME  take a guard out of the API first, to see the run fail: ${Object.keys(brokenBuilds).join(', ')}
  --json         print the result as one JSON object
  --keep         keep the data folder even when all is well
  --help         this text
`

const given = readOptions(help, {
  kills: { type: 'string' },
  seed: { type: 'string' },
  minutes: { type: 'string' },
  people: { type: 'string' },
  broken: { type: 'string' },
  cluster: { type: 'boolean' },
  json: { type: 'boolean' },
  keep: { type: 'boolean' },
})
const number = (
  name: 'kills' | 'seed' | 'minutes' | 'people',
  otherwise: number,
  isGood: (value: number) => boolean,
) => {
  const value = given[name] === undefined ? otherwise : Number(given[name])
  if (isGood(value)) return value
  console.error(`--${name} must be a positive number, not ${given[name]}\n\n${help.trim()}`)
  process.exit(2)
}
const isCount = (value: number) => Number.isInteger(value) && value >= 0
const { broken = null } = given
if (broken !== null && !(broken in brokenBuilds)) {
  console.error(`--broken must be one of ${Object.keys(brokenBuilds).join(', ')}, not ${broken}`)
  process.exit(2)
}
const { cluster = false } = given
if (cluster && broken !== null) {
  console.error('--broken takes a guard out of the API of npm start: leave --cluster out')
  process.exit(2)
}
const kills = number('kills', 20, isCount)
const options = {
  kills,
  seed: number('seed', 1, isCount),
  minutes: number('minutes', Math.max(3, kills / 10), (value) => value > 0),
  people: number('people', Math.max(14, Math.ceil(kills / 5)), (value) => isCount(value) && value > 0),
  broken: broken as BrokenBuild | null,
  cluster,
  keep: given.keep ?? false,
}

try {
  const result = await runChaos(
    options,
    createProgress((line) => console.error(line)),
    abortOnSignals(),
  )
  console.log(given.json ? JSON.stringify(result, null, 2) : `\n${describeResult(result)}`)
  process.exitCode = result.ok ? 0 : 1
} catch (error) {
  fail(error)
}
process.exit()
