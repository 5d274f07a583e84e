/** `npm run models`: whether the models that the workflow asks answer, with the very parameters that it sends. */
import { texts } from '../../texts/index.ts'
import { endingModels, readModels } from '../../api/src/settings/models.ts'
import { isMock } from '../../api/src/settings/variables.ts'
import { askModels, type ModelAnswer } from '../../api/src/models/ask-models.ts'
import { loadOrEnd, readArguments, readLanguage } from './command-line.ts'
import { findUrls, openAiKeyInUse } from '../settings/service-environments.ts'

const help = `
npm run models -- check [--json] [--lang ru|en]

Asks each model of .env one tiny question with the parameters of its family in config/models.yaml, and the transcription
service, when there is one, one second of silence. Says time, cost, and when the model ends. A model with a mock_ key is the
simulator's: it has to run (npm start, npm run simulators). GigaChat is asked by the gate of the API: npm start has to run.

Exit codes: 0 all answer; 1 one does not; 2 a wrong option or setting.
`
const { values, positionals } = readArguments(help, {
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
})
if (values.help || positionals[0] !== 'check') {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const language = readLanguage(values.lang)
const { models: words, startSimulators } = texts[language].terminal.checks
const config = loadOrEnd()
const { settings } = config
const urls = findUrls(config)
const openaiKey = openAiKeyInUse(config)
const used = {
  openai: settings.OPENAI_MODEL,
  anthropic: settings.ANTHROPIC_MODEL,
  ...(settings.TRANSCRIPTION_URL && { transcription: settings.TRANSCRIPTION_MODEL }),
}
const table = readModels()
const answers = await askModels(
  table,
  {
    openai: { url: urls.openai, key: openaiKey, model: used.openai, project: settings.OPENAI_PROJECT },
    anthropic: { url: urls.anthropic, key: settings.ANTHROPIC_API_KEY, model: used.anthropic },
    transcription: settings.TRANSCRIPTION_URL
      ? {
          url: settings.TRANSCRIPTION_URL,
          key: settings.TRANSCRIPTION_KEY,
          model: settings.TRANSCRIPTION_MODEL,
        }
      : null,
  },
  language,
)
if (values.json) console.log(JSON.stringify(answers))
else {
  const simulated = {
    openai: isMock(settings.GIGACHAT_AUTH_KEY ?? openaiKey),
    anthropic: isMock(settings.ANTHROPIC_API_KEY),
    transcription: false,
  }
  for (const answer of answers) console.log(line(answer, simulated[answer.vendor]))
  for (const warning of endingModels(table, used, new Date(), language)) console.log(`! ${warning}`)
}
process.exitCode = answers.every(({ ok }) => ok) ? 0 : 1

function line({ model, ok, ms, tokens, cost, ends, problem, next }: ModelAnswer, simulated: boolean): string {
  const parts = [
    words.seconds((ms / 1000).toFixed(1)),
    tokens && words.tokens(tokens),
    cost !== null && `$${cost.toFixed(6)}`,
    ends ? words.ends(ends) : words.noEnd,
    simulated && words.simulated,
  ]
  const facts = parts.filter(Boolean).join(', ')
  return ok
    ? `✔ ${model}: ${facts}`
    : `✘ ${model}: ${problem} (${facts})\n  -> ${simulated ? startSimulators : next}`
}
