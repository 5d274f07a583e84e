import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { IntegrationName, SetupRow } from '@lead/contract/console'
import { type Language, type Texts, texts } from '../../../texts/index.ts'
import { AmocrmError } from '../amocrm/amocrm-error.ts'
import { checkAccount } from '../amocrm/check-account.ts'
import type { App, Ports } from '../app.ts'
import { askN8n } from '../console/read-health.ts'
import { one } from '../database/pool.ts'
import { accessTo, calendarsOf } from '../google/google-access.ts'
import { checkGoogle } from '../google/check-google.ts'
import { askModels } from '../models/ask-models.ts'
import type { AccountState } from '../telegram/account-state.ts'
import { entriesOf } from '../text/entries-of.ts'
import { errorText } from '../text/storable.ts'

type Words = Texts['setup']
type Check = (app: App, language: Language) => Promise<SetupRow[]>

/** The longest that a person waits for an answer. Each check has limits of its own; this one is for what hangs. */
const longestMs = 90_000

/** Tries one integration as the commands of a terminal do. Nothing throws: what cannot be tried is a fault with its next step. */
export async function checkIntegration(
  app: App,
  name: IntegrationName,
  language: Language,
): Promise<SetupRow[]> {
  const words = texts[language].setup
  const stop = new AbortController()
  try {
    return await Promise.race([
      checks[name](app, language),
      sleep(longestMs, undefined, { signal: stop.signal }).then(() => {
        throw new Error(words.late)
      }),
    ])
  } catch (error) {
    return [bad(words.answer, errorText(error), words.seeLog)]
  } finally {
    stop.abort()
  }
}

/** Nobody is in, or somebody is only just coming in: the page has the way. */
const isOut = new Set<AccountState>(['need_login', 'logged_out', 'qr_pending', 'code_sent', 'need_password'])

const good = (what: string, has: string): SetupRow => ({ what, has, fault: null, next: null })
const bad = (what: string, fault: string, next: string | null): SetupRow => ({ what, has: '', fault, next })

const checks: Record<IntegrationName, Check> = {
  amocrm: async (app, language) => {
    const words = texts[language].setup
    try {
      const { account, rows, missedLeads, changedLeads, drift } = await checkAccount(app, language)
      const differs = [...new Set([...changedLeads, ...drift].map(({ leadId }) => leadId))]
      return [
        good(words.account, [account.name, account.id].filter(Boolean).join(', ')),
        ...rows,
        ...(missedLeads.length > 0
          ? [bad(words.leads, words.missed(missedLeads.join(', ')), words.catchUp)]
          : []),
        ...(differs.length > 0 ? [bad(words.leads, words.differ(differs.join(', ')), words.catchUp)] : []),
      ]
    } catch (error) {
      if (!(error instanceof AmocrmError)) throw error
      return [bad(words.answer, error.message, words.amocrmToken)]
    }
  },

  telegram: async (app, language) => {
    const words = texts[language].setup
    const accounts = await app.telegram.check()
    if (accounts.length === 0) return [bad(words.account, words.noAccount, words.scanBelow)]
    const deedOf = (what: string) => {
      const known = entriesOf(texts.en.setup.deeds).find(([, said]) => said === what)
      return known ? words.deeds[known[0]] : what
    }
    return accounts.flatMap(({ account, state, name, username, phone, may, problems }) => [
      ...(app.telegram.login && isOut.has(state)
        ? [bad(account, words.notIn, words.scanBelow)]
        : problems.length === 0
          ? [good(account, [state, name, username && `@${username}`, phone].filter(Boolean).join(', '))]
          : problems.map(({ what, fix }) => bad(account, what, fix))),
      ...may.map(({ what, ok, detail }) =>
        ok ? good(deedOf(what), detail ?? words.may) : bad(deedOf(what), detail ?? words.mayNot, null),
      ),
    ])
  },

  google: async (app, language) => {
    const words = texts[language].setup
    const { google } = app.config
    if (!google.login && !google.serviceAccount)
      return [bad(words.access, words.keyElsewhere, words.run('npm run google -- check'))]
    return (
      await checkGoogle(
        accessTo(google.simulatorUrl, {
          clientId: google.clientId,
          clientSecret: google.login?.clientSecret ?? '',
          acting: google.serviceAccount,
        }),
        {
          refreshToken: google.login?.refreshToken ?? '',
          calendars: calendarsOf(app.business, google.calendarEmail),
          now: app.now(),
          language,
        },
      )
    ).map(({ what, has, fault, next, isAway }) => ({
      what,
      has: fault === null ? has : '',
      fault,
      next: isAway && google.simulatorUrl ? texts[language].terminal.checks.startSimulators : next,
    }))
  },

  models: async (app, language) => {
    const words = texts[language].setup
    const { modelPlaces: places, modelTable, models, transcription } = app.config
    const away = (['openai', 'anthropic'] as const)
      .filter((vendor) => places[vendor] === null)
      .map((vendor) => bad(models[vendor].name, words.keyElsewhere, words.run('npm run models -- check')))
    const answers = await askModels(
      modelTable,
      {
        openai: places.openai && { ...places.openai, model: models.openai.name },
        anthropic: places.anthropic && { ...places.anthropic, model: models.anthropic.name },
        transcription: transcription && {
          url: transcription.url,
          key: transcription.key ?? undefined,
          model: transcription.model,
        },
      },
      language,
    )
    const isSimulated = {
      openai: places.openai?.isSimulated,
      anthropic: places.anthropic?.isSimulated,
      transcription: false,
    }
    return [
      ...answers.map(({ model, vendor, ok, ms, cost, ends, problem, next }) =>
        ok
          ? good(
              model,
              words.answered({
                seconds: seconds(ms),
                cost: cost === null ? null : `$${cost.toFixed(6)}`,
                ends,
              }),
            )
          : bad(
              model,
              problem ?? '',
              isSimulated[vendor] ? texts[language].terminal.checks.startSimulators : next,
            ),
      ),
      ...app.config.endingModels(app.now(), language).map((warning) => bad(words.end, warning, null)),
      ...away,
    ]
  },

  n8n: async (app, language) => {
    const words = texts[language].setup
    try {
      await askN8n(app)
    } catch (error) {
      return [bad(words.answer, errorText(error), words.startN8n)]
    }
    return [
      good(words.answer, words.answers),
      await checkWorkflow(app, words),
      await countProcesses(app, words),
    ]
  },
}

const seconds = (ms: number) => (ms / 1000).toFixed(1)

/** Without a ticket n8n begins no execution: it refuses, unless there is no such workflow. */
async function checkWorkflow({ config }: Ports<'config'>, words: Words): Promise<SetupRow> {
  const answer = await request(`${config.n8nUrl}/webhook/${config.turnWorkflow}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  })
  await answer.body.dump()
  if (answer.statusCode === 401 || answer.statusCode === 403) return good(words.workflow, config.turnWorkflow)
  return answer.statusCode === 404
    ? bad(words.workflow, words.notPublished(config.turnWorkflow), words.publish)
    : bad(words.workflow, words.openWebhook(answer.statusCode), words.publish)
}

/** A process of n8n that has a node of ours holds a connection to us while it lives. */
async function countProcesses({ db }: Ports<'db'>, words: Words): Promise<SetupRow> {
  const { count } = one(
    await db.query<{ count: number }>(
      'select count(*)::int as count from n8n_processes where lapses_at is null',
    ),
  )
  return good(words.processes, words.connected(count))
}
