/**
 * `npm run bench -- [ID ...] [--json]`: measures this project on this machine, with nothing else started. Exits 1 when a goal is not
 * met.
 */
import { readArguments } from '../local/commands/command-line.ts'
import { benchmarks } from './registry.ts'

const help = `npm run bench -- [ID ...] [--json]

Runs the named benchmarks, or all. With --json: one line {"id","value","goal","met"} for each figure.

${benchmarks.map(({ id, title }) => `  ${id}   ${title}`).join('\n')}
`

const { values, positionals } = readArguments(help, {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
})
const unknown = positionals.filter((id) => !benchmarks.some((one) => one.id === id))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark ${unknown.join(', ')}\n`)
  console.log(help)
  process.exit(unknown.length > 0 ? 2 : 0)
}

for (const benchmark of benchmarks) {
  if (positionals.length > 0 && !positionals.includes(benchmark.id)) continue
  const figures = await benchmark.run({
    say: (line) => (values.json ? undefined : console.log(line)),
    progress: (line) => console.error(line),
  })
  if (values.json) for (const figure of figures) console.log(JSON.stringify(figure))
  if (figures.some(({ met }) => !met)) process.exitCode = 1
}
