/** `npm run eval`: measures the assistant and writes a report. See docs/evaluation.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProgress, fail, loadOrEnd } from '../local/commands/command-line.ts'
import { compareWithBaseline, readBaseline, writeBaseline } from './baseline.ts'
import { type EvalOptions, help, readEvalOptions } from './read-options.ts'
import { type Prompts, readPrompts } from './read-prompts.ts'
import { htmlReport } from './report/html.ts'
import { markdownReport } from './report/markdown.ts'
import { compareTable, glanceTable, sectionOf, showFigure } from './report/sections.ts'
import { runSuite } from './run-suite.ts'
import type { SuiteResult, Table } from './suite.ts'

const say = createProgress((line) => console.error(line))
const results = join(import.meta.dirname, 'results')
const given = readOrEnd()
const config = loadOrEnd()
try {
  process.exitCode = await (given.options.compare === undefined ? measure(given) : compare(given))
} catch (error) {
  fail(error)
}
process.exit()

type Given = { options: EvalOptions; prompts: Prompts; variant: Prompts }

function readOrEnd(): Given {
  try {
    const options = readEvalOptions(process.argv.slice(2))
    if (options)
      return { options, prompts: readPrompts(options.prompt), variant: readPrompts(options.compare) }
    console.log(help.trim())
    process.exit(0)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\nnpm run eval -- --help`)
    process.exit(2)
  }
}

async function runAll(options: EvalOptions, prompts: Prompts): Promise<SuiteResult[]> {
  const all: SuiteResult[] = []
  for (const suite of options.suites) {
    say(`${suite}: begins`)
    all.push(await runSuite[suite]({ options, config, prompts, say }))
  }
  return all
}

async function measure({ options, prompts }: Given): Promise<number> {
  const all = await runAll(options, prompts)
  report('Evaluation of the assistant', [], all)
  if (options.json) console.log(JSON.stringify(all))
  else all.forEach(print)
  if (options.saveBaseline) writeBaseline(all)
  return options.gate ? gate(all) : 0
}

/** @returns the exit code */
function gate(all: SuiteResult[]): number {
  const baseline = readBaseline()
  let code = 0
  for (const result of all) {
    const { fell, news, unknown } = compareWithBaseline(result, baseline)
    const name = `${result.suite} (${result.of})`
    if (unknown)
      console.error(`✘ gate, ${name}: the baseline has nothing of it; measure once with --save-baseline`)
    else if (fell.length === 0) console.error(`✔ gate, ${name}: nothing fell`)
    else console.error(`✘ gate, ${name}: ${fell.length} figure(s) fell`)
    for (const line of fell) console.error(`    ${line}`)
    if (fell.length > 0) for (const line of news.slice(0, 40)) console.error(`    new: ${line}`)
    if (unknown || fell.length > 0) code = 1
  }
  return code
}

async function compare({ options, prompts, variant }: Given): Promise<number> {
  say('A: the present prompts')
  const a = await runAll(options, prompts)
  say(`B: ${options.compare}`)
  const b = await runAll(options, variant)
  const tables = a.flatMap((one, index) => {
    const other = b[index]
    return other ? [compareTable(one, other)] : []
  })
  const named = (all: SuiteResult[], name: string) => all.map((one) => ({ ...one, of: `${one.of}, ${name}` }))
  report('Two prompts side by side', tables, [...named(a, 'A'), ...named(b, 'B')])
  if (options.json) console.log(JSON.stringify({ a, b }))
  else for (const { head, rows } of tables) printRows([head, ...rows])
  return 0
}

function report(title: string, extra: Table[], all: SuiteResult[]): void {
  const sections = all.map(sectionOf)
  const tables = [glanceTable(all, new Date()), ...extra]
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, 'report.md'), markdownReport(title, tables, sections))
  writeFileSync(join(results, 'report.html'), htmlReport(title, tables, sections))
  writeFileSync(join(results, 'report.json'), `${JSON.stringify(all, null, 2)}\n`)
  say('written: eval/results/report.html, report.md, report.json')
}

function print(result: SuiteResult): void {
  console.log(`\n${result.suite}, ${result.of}`)
  for (const line of result.about) console.log(`  ${line}`)
  printRows(result.figures.map((one) => [one.name, showFigure(one)]))
}

function printRows(rows: (string | number)[][]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  )
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => String(cell).padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    )
}
