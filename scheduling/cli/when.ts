import { parseArgs } from 'node:util'
import { readTime, readTimeInputSchema } from '../src/index.ts'
import { answerLines, printAnswer } from './json-lines.ts'

const HELP = `when: the times a person wrote, in Russian or English

  node scheduling/cli/when.ts < cases.jsonl      one JSON object a line: text, reference, tz, lang (ru or en), sellerTz
  node scheduling/cli/when.ts "завтра в 11" --reference 2026-11-20T10:00:00+03:00 --tz Europe/Moscow [--lang ru]

Without --reference now is taken, without --tz the zone of this machine.
Answer: {"found": [{"from", "to"} or {"point"}], "ambiguous": bool, "approximate": bool} and, in doubt, "alternatives".
A bad line: {"error": "field: why"} in its place, "line 3: field: why" on stderr, and exit code 1 at the end.`

const answer = (value: unknown): unknown => readTime(readTimeInputSchema.parse(value))

const OPTIONS = {
  reference: { type: 'string' },
  tz: { type: 'string' },
  lang: { type: 'string' },
  'seller-tz': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

// Not strict: a flag that does not exist is answered with the help, not with a stack trace.
const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options: OPTIONS })
const unknown = Object.keys(values).find((name) => !Object.hasOwn(OPTIONS, name))
if (unknown) process.exitCode = printAnswer(() => fail(`--${unknown}: unknown option, see --help`)) ? 0 : 1
else if (values.help) console.log(HELP)
else if (positionals.length === 0) await answerLines(answer)
else {
  const given = {
    text: positionals.join(' '),
    reference: values.reference ?? new Date().toISOString(),
    tz: values.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    lang: values.lang,
    sellerTz: values['seller-tz'],
  }
  process.exitCode = printAnswer(() => answer(given)) ? 0 : 1
}

function fail(message: string): never {
  throw new RangeError(message)
}
