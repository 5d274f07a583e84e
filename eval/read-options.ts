import { parseArgs } from 'node:util'
import { type SuiteName, suiteNames } from './suite.ts'

export const help = `
npm run eval -- [options]

Measures the assistant: how replies are labelled, what attacks get through, how conversations end. With mock_ keys no model is asked: our
LLM simulator plays it, which proves the machinery and says nothing about a model. Read docs/evaluation.md.

  --suite NAMES      labels, attacks, people, talks, tokens, hostile; several with commas. Default: labels,attacks
                     people and talks start the whole system with its real n8n and take minutes;
                     tokens: what 40 turns of one talk send to the model, and how much of it is the same beginning;
                     hostile: 300 talks with a model that only attacks, and what of it got through
  --model NAME       the model to ask, by its vendor's name (claude-...: Anthropic, else OPENAI_BASE_URL). Default: OPENAI_MODEL
  --prompt FILE      asks with the prompt of FILE, in the form of docs/prompts-classifier.md or docs/prompts-sales.md
  --compare FILE     asks with the present prompt (A) and with that of FILE (B) and puts them side by side
  --k N              people and talks: plays each N times; pass^k is the share of those that always ended well. Default: 1
  --only TEXT        only rows whose id or title has TEXT
  --gate             compares with eval/baseline.json; exit code 1 and the rows that fell when something is worse
  --save-baseline    makes these figures the baseline
  --json             the results as one JSON object; progress stays on stderr
  --help             this text

Reports: eval/results/report.md, eval/results/report.html, eval/results/report.json
Exit codes: 0 measured; 1 the gate is red, or a part could not be measured; 2 a wrong option, file or setting.
`

export type EvalOptions = {
  suites: SuiteName[]
  model: string | undefined
  prompt: string | undefined
  compare: string | undefined
  k: number
  only: string | undefined
  gate: boolean
  saveBaseline: boolean
  json: boolean
}

/** @throws Error that says which option is wrong; null for --help */
export function readEvalOptions(args: string[]): EvalOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      suite: { type: 'string', default: 'labels,attacks' },
      model: { type: 'string' },
      prompt: { type: 'string' },
      compare: { type: 'string' },
      k: { type: 'string', default: '1' },
      only: { type: 'string' },
      gate: { type: 'boolean', default: false },
      'save-baseline': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return null
  const k = Number(values.k)
  if (!Number.isInteger(k) || k < 1 || k > 20)
    throw new Error(`--k must be a whole number from 1 to 20, not ${values.k}`)
  if (values.gate && values.compare)
    throw new Error('--gate and --compare do not go together: the baseline is of one prompt')
  if (values.only && (values.gate || values['save-baseline']))
    throw new Error('--only measures a part: the baseline is of the whole')
  const suites = values.suite.split(',').map(readSuite)
  const whole = suites.filter((suite) => suite === 'people' || suite === 'talks')
  if (k > 1 && whole.length === 0) throw new Error(`--k plays people and talks again; not ${values.suite}`)
  if (whole.length > 0 && (values.prompt ?? values.compare))
    throw new Error(
      `--prompt and --compare do not go with ${whole.join(', ')}: there the prompts are those of the built workflow (npm run build)`,
    )
  if (values.prompt && values['save-baseline'])
    throw new Error('--save-baseline keeps the figures of the prompts in docs/, not of --prompt')
  return {
    suites,
    model: values.model,
    prompt: values.prompt,
    compare: values.compare,
    k,
    only: values.only,
    gate: values.gate,
    saveBaseline: values['save-baseline'],
    json: values.json,
  }
}

function readSuite(given: string): SuiteName {
  const name = suiteNames.find((one) => one === given.trim())
  if (!name)
    throw new Error(`--suite: there is no suite ${JSON.stringify(given)}; there are ${suiteNames.join(', ')}`)
  return name
}
