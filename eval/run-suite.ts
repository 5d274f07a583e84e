import { readBusiness } from '../api/src/settings/business.ts'
import type { Config } from '../local/settings/config.ts'
import { replyJudge } from './attacks/judge-reply.ts'
import { readAttacks } from './attacks/read-attacks.ts'
import { runAttacks } from './attacks/run-attacks.ts'
import { readLabels } from './labels/read-labels.ts'
import { runLabels } from './labels/run-labels.ts'
import { runHostile } from './hostile/run-hostile.ts'
import { openModel } from './models/open-model.ts'
import { realModel } from './models/real-model.ts'
import { readPeople } from './people/read-people.ts'
import { runPeople } from './people/run-people.ts'
import type { EvalOptions } from './read-options.ts'
import type { Prompts } from './read-prompts.ts'
import { readTalks, runTalks } from './talks/run-talks.ts'
import { runTokens } from './tokens/run-tokens.ts'
import type { Say, SuiteName, SuiteResult } from './suite.ts'

type Run = { options: EvalOptions; config: Config; prompts: Prompts; say: Say }

/** How each suite is measured. */
export const runSuite: Record<SuiteName, (run: Run) => Promise<SuiteResult>> = {
  labels: async ({ options, config, prompts, say }) => {
    const labels = some(readLabels(), options.only, ({ id, say: said }) => `${id} ${said.join(' ')}`)
    const model = await openModel(config, options.model)
    try {
      return await runLabels(labels, { model, prompt: prompts.classifier, say })
    } finally {
      await model.close()
    }
  },
  attacks: async ({ options, config, prompts, say }) => {
    const attacks = some(readAttacks(), options.only, ({ id, lead }) => `${id} ${lead}`)
    const business = readBusiness()
    const judge = replyJudge(business)
    const model = await openModel(config, options.model)
    try {
      // The simulator's own replies would only measure the simulator.
      if (model.simulated) return await runAttacks(attacks, { judge, say })
      return await runAttacks(attacks, { judge, say, asked: { model, prompt: prompts.sales, business } })
    } finally {
      await model.close()
    }
  },
  people: async ({ options, config, say }) => {
    const people = some(readPeople(), options.only, ({ id }) => id)
    return runPeople(people, { k: options.k, office: realModel(config, options.model), say })
  },
  tokens: async ({ options, config, prompts, say }) => {
    const model = await openModel(config, options.model)
    try {
      return await runTokens(readBusiness(), { model, prompts, say })
    } finally {
      await model.close()
    }
  },
  hostile: async ({ config, prompts, say }) => {
    const model = await openModel(config, undefined, 'hostile')
    try {
      return await runHostile({ model, prompts, say })
    } finally {
      await model.close()
    }
  },
  talks: async ({ options, config, say }) => {
    const talks = some(readTalks(), options.only, ({ file, title }) => `${file} ${title}`)
    return runTalks(talks, { k: options.k, office: realModel(config, options.model), say })
  },
}

/** @throws when nothing is left */
function some<Row>(rows: Row[], only: string | undefined, textOf: (row: Row) => string): Row[] {
  if (only === undefined) return rows
  const left = rows.filter((row) => textOf(row).includes(only))
  if (left.length === 0) throw new Error(`--only ${JSON.stringify(only)} fits no row`)
  return left
}
