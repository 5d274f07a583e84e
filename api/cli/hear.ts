import { parseArgs } from 'node:util'
import { z } from 'zod'
import { answerLines, printAnswer } from '@lead/scheduling/json-lines'
import { hear } from '../src/hearing/hear.ts'

const HELP = `hear: what code alone hears in one message of a lead, in Russian or English; no model is asked

  npm run -s hear < messages.jsonl      one JSON object a line: {"text": "..."}
  npm run -s hear -- "Не пишите мне больше"

Answer: {"stop": "yes" | "maybe" | "no", "language": "ru" | "en" | null, "zone": IANA name | null}
  stop      yes: nothing more may be written to the person. maybe: the classifier decides, in doubt the person is asked. no: neither.
  language  of these words; null when they do not tell, or are in a language that we do not write.
  zone      where the person says that they are; null for a place that is only talked of.
A bad line: {"error": "field: why"} in its place, "line 3: field: why" on stderr, and exit code 1 at the end.`

const inputSchema = z.object({ text: z.string() })
const answer = (value: unknown) => hear(inputSchema.parse(value).text)

const OPTIONS = { help: { type: 'boolean', short: 'h' } } as const

// Not strict: a flag that does not exist is answered with the help, not with a stack trace.
const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options: OPTIONS })
const unknown = Object.keys(values).find((name) => !Object.hasOwn(OPTIONS, name))
if (unknown) process.exitCode = printAnswer(() => fail(`--${unknown}: unknown option, see --help`)) ? 0 : 1
else if (values.help) console.log(HELP)
else if (positionals.length === 0) await answerLines(answer)
else process.exitCode = printAnswer(() => answer({ text: positionals.join(' ') })) ? 0 : 1

function fail(message: string): never {
  throw new RangeError(message)
}
