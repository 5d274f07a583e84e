import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './describe-machine.ts'
import { plot } from './plot.ts'
import type { Result } from './run-all.ts'
import { tellingFigures } from './telling-figures.ts'

const folder = join(import.meta.dirname, '../results')

/** `latest.json`, `latest.md` and `latest.svg`. @returns the file to read */
export function writeResults(machine: Machine, results: Result[], minutes: number): string {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('latest.json', `${JSON.stringify({ machine, minutes, results }, null, 2)}\n`)
  write('latest.svg', plot(results))
  write('latest.md', describe(machine, results, minutes))
  return join(folder, 'latest.md')
}

function describe(machine: Machine, results: Result[], minutes: number): string {
  const figures = results.flatMap((result) => result.figures)
  const met = figures.filter((figure) => figure.met).length
  const shown = tellingFigures(results)
  const more = figures.length - shown.length
  return [
    '# Benchmarks',
    '',
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC, commit ${machine.commit ?? 'unknown'}: ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, load before the run ${machine.loadBefore}. ${met} of ${figures.length} goals met; ${minutes.toFixed(0)} minutes. Made by \`npm run bench -- all\`; how and against what: [docs/benchmarks.md](../../docs/benchmarks.md).`,
    '',
    '![Each figure beside its goal](latest.svg)',
    '',
    '| figure | value | goal | |',
    '|---|---|---|---|',
    ...figures.map(
      ({ id, value, goal, met: isMet }) =>
        `| ${id} | ${value} | ${goal} | ${isMet ? 'met' : '**not met**'} |`,
    ),
    ...(more > 0 ? ['', `${more} more are met; their tables are below.`] : []),
    ...results.flatMap(({ id, title, seconds, said, error }) => [
      '',
      `## ${id}`,
      '',
      `${title}. ${seconds} s.`,
      '',
      error === null ? said : `It failed: ${error}`,
    ]),
    '',
  ].join('\n')
}
