import { type ModelVendor, endingOf, readModels } from '../../api/src/settings/models.ts'
import { isMock } from '../../api/src/settings/variables.ts'
import { askModels, type Asked } from '../../api/src/models/ask-models.ts'
import { findUrls, openAiKeyInUse } from '../settings/service-environments.ts'
import {
  bad,
  checkWords,
  good,
  type Look,
  type Part,
  type Question,
  type Row,
  type Values,
  type Way,
} from './part.ts'

const key = (questions: Way['questions'], fixed: Values = {}): Way => ({
  id: 'key',
  isReal: true,
  fixed: () => fixed,
  questions,
  how: 'model',
  step: 'start',
})
const simulated = (fixed: Values): Way => ({
  id: 'simulated',
  isReal: false,
  fixed: () => fixed,
  questions: [],
  how: 'none',
  step: 'nothing',
})

const modelQuestion = (name: Question['name'], vendor: ModelVendor): Question => ({
  name,
  isSecret: false,
  usual: () => readModels().successors[vendor],
})

/** n8n's own key counts where it is real. */
const openAiKey = ({ OPENAI_API_KEY: own = '', N8N_AI_OPENAI_API_KEY: ofN8n = '' }: Values) =>
  ofN8n && !isMock(ofN8n) ? ofN8n : own

export const openAiPart: Part = {
  id: 'openai',
  names: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL', 'N8N_AI_OPENAI_API_KEY'],
  ways: [
    simulated({ OPENAI_API_KEY: 'mock_openai_789', N8N_AI_OPENAI_API_KEY: '' }),
    key(
      [
        { name: 'OPENAI_BASE_URL', isSecret: false, isOptional: true },
        { name: 'OPENAI_API_KEY', isSecret: true },
        modelQuestion('OPENAI_MODEL', 'openai'),
      ],
      { N8N_AI_OPENAI_API_KEY: '' },
    ),
  ],
  wayOf: (values) => (isMock(openAiKey(values)) ? 'simulated' : 'key'),
  check: (look) => {
    const { settings } = look.config
    return checkModel(look, 'openai', {
      url: findUrls(look.config).openai,
      key: openAiKeyInUse(look.config),
      project: settings.OPENAI_PROJECT,
      model: settings.OPENAI_MODEL,
    })
  },
}

export const anthropicPart: Part = {
  id: 'anthropic',
  names: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_MODEL'],
  ways: [
    simulated({ ANTHROPIC_API_KEY: 'mock_anthropic_321' }),
    key([
      { name: 'ANTHROPIC_BASE_URL', isSecret: false, isOptional: true },
      { name: 'ANTHROPIC_API_KEY', isSecret: true },
      modelQuestion('ANTHROPIC_MODEL', 'anthropic'),
    ]),
  ],
  wayOf: ({ ANTHROPIC_API_KEY: own = '' }) => (isMock(own) ? 'simulated' : 'key'),
  check: (look) => {
    const { settings } = look.config
    return checkModel(look, 'anthropic', {
      url: findUrls(look.config).anthropic,
      key: settings.ANTHROPIC_API_KEY,
      model: settings.ANTHROPIC_MODEL,
    })
  },
}

export const voicePart: Part = {
  id: 'voice',
  names: ['TRANSCRIPTION_URL', 'TRANSCRIPTION_KEY', 'TRANSCRIPTION_MODEL'],
  ways: [
    { ...simulated({ TRANSCRIPTION_URL: '' }), id: 'off' },
    key([
      {
        name: 'TRANSCRIPTION_URL',
        isSecret: false,
        usual: ({ OPENAI_BASE_URL: url }) => url || 'https://api.openai.com/v1',
      },
      {
        name: 'TRANSCRIPTION_KEY',
        isSecret: true,
        isOptional: true,
        usual: (values) => (isMock(openAiKey(values)) ? '' : openAiKey(values)),
      },
      modelQuestion('TRANSCRIPTION_MODEL', 'transcription'),
    ]),
  ],
  wayOf: ({ TRANSCRIPTION_URL: url }) => (url ? 'key' : 'off'),
  check: (look) => {
    const {
      TRANSCRIPTION_URL: url = '',
      TRANSCRIPTION_KEY: own,
      TRANSCRIPTION_MODEL: model,
    } = look.config.settings
    return checkModel(look, 'transcription', { url, key: own, model })
  },
}

async function checkModel<Vendor extends keyof Asked>(
  { now, language }: Look,
  vendor: Vendor,
  asked: NonNullable<Asked[Vendor]>,
): Promise<Row[]> {
  const table = readModels()
  const words = checkWords(language).models
  const answers = await askModels(
    table,
    { openai: null, anthropic: null, transcription: null, [vendor]: asked },
    language,
  )
  const ending = endingOf(table, vendor, asked.model, now, language)
  return [
    ...answers.map(({ model: name, problem, next, ms, cost }) =>
      problem === null
        ? good(
            name,
            `${words.seconds((ms / 1000).toFixed(1))}${cost === null ? '' : `, $${cost.toFixed(6)}`}`,
          )
        : bad(name, problem, next ?? ''),
    ),
    ...(ending === null
      ? []
      : [
          ending.days < 0
            ? bad(words.end, ending.when, ending.next)
            : { ...good(words.end, ending.when), next: ending.next },
        ]),
  ]
}
