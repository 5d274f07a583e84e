import { parseArgs } from 'node:util'
import { z } from 'zod'
import { answerLines, printAnswer } from '@lead/scheduling/json-lines'
import { readBusiness } from '../src/settings/business.ts'
import { checkText } from '../src/replies/check-text.ts'
import { cleanText } from '../src/replies/clean-text.ts'
import { dropJunkName } from '../src/replies/drop-junk-name.ts'
import { knownText } from '../src/replies/known-text.ts'

const HELP = `say: whether the assistant may send a text, under config/business.yaml and config/knowledge as they are

  npm run -s say < texts.jsonl      one JSON object a line: language (ru or en), text, lead (optional): {"name"}
  npm run -s say -- "Скидка 90%" [--language ru] [--name Марта]

Answer: {"passes": bool, "rule" when it does not, "text": as it would be sent}.
A bad line: {"error": "field: why"} in its place, "line 3: field: why" on stderr; the rest is answered.

Exit codes: 0 every line was answered, whether its text passes or not; 1 a line or an option was bad.`

const input = z.object({
  language: z.enum(['ru', 'en']),
  text: z
    .string()
    .max(4000)
    .refine((text) => text.trim() !== '', 'is empty'),
  lead: z.object({ name: z.string().max(256).nullable().optional() }).optional(),
})
const options = {
  language: { type: 'string', default: 'ru' },
  name: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options })
const unknown = Object.keys(values).find((name) => !Object.hasOwn(options, name))
if (unknown) {
  console.error(`--${unknown}: unknown option, see --help`)
  process.exitCode = 1
} else if (values.help) console.log(HELP)
else {
  const known = knownText(readBusiness())
  const answer = (value: unknown) => {
    const { text, lead } = input.parse(value)
    const name = lead?.name ?? null
    const clean = dropJunkName(cleanText(text), name)
    const problem = checkText(clean, { known, name })
    return { passes: problem === null, ...(problem && { rule: problem.rule }), text: clean }
  }
  if (positionals.length === 0) await answerLines(answer)
  else {
    const given = {
      language: values.language,
      text: positionals.join(' '),
      ...(values.name !== undefined && { lead: { name: values.name } }),
    }
    process.exitCode = printAnswer(() => answer(given)) ? 0 : 1
  }
}
