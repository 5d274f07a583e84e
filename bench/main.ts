/**
 * `npm run bench -- ID ... | all`: measures this project on this machine, with nothing else started. Exits 1 when a goal is not met or a
 * benchmark fails.
 */
import { readArguments } from '../local/commands/command-line.ts'
import { benchmarks, inAll } from './registry.ts'
import { describeMachine } from './report/describe-machine.ts'
import { runAll } from './report/run-all.ts'
import { writeResults } from './report/write-results.ts'

const help = `npm run bench -- ID ... | all [--json]

Runs the named benchmarks, one after the other, on a quiet machine. all: ${inAll[0]} to ${inAll.at(-1)}, in less than 25 minutes on two cores; it
writes bench/results/latest.json, latest.md and latest.svg. One that fails says why, and the others go on. Exits 1 when a goal is
not met or one has failed.

${benchmarks.map(({ id, title }) => `  ${id.padEnd(9)}${title}`).join('\n')}

  --messages N   messages in the larger database of r7 (default: 1000000; 10000000 takes some ten minutes more)
  --crowd N      r3, r8, r9: one more crowd, of N leads at once (300: some five minutes more)
  --json         one line {"id","value","goal","met"} for each figure, nothing else on stdout
  --help         this text
`

const { values, positionals } = readArguments(help, {
  json: { type: 'boolean', default: false },
  messages: { type: 'string', default: '1000000' },
  crowd: { type: 'string', default: '0' },
  help: { type: 'boolean', short: 'h' },
})
const unknown = positionals.filter((id) => id !== 'all' && !benchmarks.some((one) => one.id === id))
if (values.help || unknown.length > 0 || positionals.length === 0) {
  const wrong =
    unknown.length > 0 ? `There is no benchmark ${unknown.join(', ')}` : 'Name a benchmark, or all'
  if (!values.help) console.error(`${wrong}\n`)
  console.log(help)
  process.exit(values.help ? 0 : 2)
}
const options = {
  messages: count('messages', values.messages, 50_000),
  crowd: count('crowd', values.crowd, 0),
}

const isAll = positionals.includes('all')
const chosen = benchmarks.filter(({ id }) => (isAll && inAll.includes(id)) || positionals.includes(id))
const machine = describeMachine()
const began = performance.now()
const results = await runAll(chosen, options, {
  say: (line) => (values.json ? undefined : console.log(line)),
  progress: (line) => console.error(line),
})
if (values.json)
  for (const { figures } of results) for (const figure of figures) console.log(JSON.stringify(figure))
if (isAll) console.error(`\n${writeResults(machine, results, (performance.now() - began) / 60_000)}`)
const isGood = results.every(({ error, figures }) => error === null && figures.every(({ met }) => met))
process.exit(isGood ? 0 : 1)

function count(name: string, given: string, least: number): number {
  const value = Number(given)
  if (Number.isInteger(value) && value >= least) return value
  console.error(`--${name} must be a whole number of at least ${least}, not ${given}\n\n${help}`)
  process.exit(2)
}
