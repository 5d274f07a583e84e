import { type Language, type Texts, texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { AmocrmError, isRefusal } from './amocrm-error.ts'
import type { AmocrmAccount, AmocrmField } from './answers.ts'
import { filtersText, readPollState } from './poll-state.ts'
import { isWanted, neededPipelines } from './status-map.ts'
import { findSubscriptions, type Subscription } from './subscription.ts'
import { tokenInUse, tokenText } from './watch-token.ts'
import { unfitType } from './wanted-account.ts'

/** One thing that we need of the account: what it has there, and when something is wrong, the step that mends it. */
export type AccountRow = { what: string; has: string; fault: string | null; next: string | null }

type Port = Pick<App, 'amocrm' | 'business' | 'config' | 'db' | 'now'>
type SeenByToken = Omit<Port, 'db'>
type Words = Texts['terminal']['checks']['amocrm']
const setup = 'npm run amocrm -- setup'
const good = (what: string, has: string): AccountRow => ({ what, has, fault: null, next: null })
const bad = (what: string, has: string, fault: string, next: string): AccountRow => ({
  what,
  has,
  fault,
  next,
})

/** Looks at everything of the account that we use, row by row. Changes nothing. `subscriptions` null: they cannot be read. */
export async function inspectAccount(
  app: Port,
  language: Language = 'en',
): Promise<{ rows: AccountRow[]; subscriptions: Subscription[] | null }> {
  const account = (await app.amocrm.account()) ?? null
  const hooks = await inspectHooks(app, language)
  const rows = [
    ...(await inspectByToken(app, account, language)),
    ...hooks.rows,
    ...(await inspectFilters(app, account?.is_api_filter_enabled ?? null, language)),
  ]
  return { rows, subscriptions: hooks.subscriptions }
}

/** What a token alone shows, before there is a database. */
export async function inspectByToken(
  app: SeenByToken,
  account: AmocrmAccount | null,
  language: Language = 'en',
): Promise<AccountRow[]> {
  const words = texts[language].terminal.checks.amocrm
  return [
    ...inspectToken(app, language),
    ...(await inspectUser(app, account?.current_user_id ?? null, words)),
    ...(await inspectStages(app, language)),
    ...(await inspectFields(app, language)),
    ...(await inspectReasons(app, account?.is_loss_reason_enabled ?? true, language)),
  ]
}

function inspectToken(app: SeenByToken, language: Language): AccountRow[] {
  const words = texts[language].terminal.checks.amocrm
  if (app.config.amocrm.oauth) return [good(words.token, words.oauthRenewed)]
  const facts = tokenInUse(app)
  if (!facts?.endsAt) return [good(words.token, words.longLived)]
  const has = words.longLivedUntil(facts.endsAt.toISOString().slice(0, 10))
  const soon = tokenText(facts, app.now(), language)
  return soon ? [bad(words.token, has, soon, words.newToken)] : [good(words.token, has)]
}

async function inspectUser(app: SeenByToken, id: number | null, words: Words): Promise<AccountRow[]> {
  const what = words.rights
  const next = words.asAdmin
  if (id === null) return []
  const user = await allowed(() => app.amocrm.user(id))
  if ('refused' in user) return [bad(what, words.user(id), words.notAdminBecause(user.refused), next)]
  const has = user.value?.name ? `${user.value.name} ${id}` : words.user(id)
  return user.value?.rights?.is_admin === false ? [bad(what, has, words.notAdmin, next)] : [good(what, has)]
}

async function inspectStages({ amocrm, business }: SeenByToken, language: Language): Promise<AccountRow[]> {
  const { amocrm: words, nothing } = texts[language].terminal.checks
  const { wanted, absent } = neededPipelines(await amocrm.pipelines(), business.amocrm)
  return [
    ...absent.map((name) =>
      bad(words.pipeline, nothing, words.noPipeline(JSON.stringify(name)), words.correctPipelines),
    ),
    ...wanted.flatMap(({ name, _embedded: { statuses } }) =>
      Object.entries(business.amocrm.statuses).map(([stage, names]) => {
        const what = words.stage({ stage, pipeline: name })
        const found = statuses.find((one) => isWanted(names, one))
        return found
          ? good(what, `"${found.name}" ${found.id}`)
          : bad(
              what,
              nothing,
              words.noStage({ names: JSON.stringify(names), setting: `amocrm.statuses.${stage}` }),
              setup,
            )
      }),
    ),
  ]
}

async function inspectFields({ amocrm, business }: SeenByToken, language: Language): Promise<AccountRow[]> {
  const words = texts[language].terminal.checks.amocrm
  const leadFields = await allowed(() => amocrm.leadFields())
  const contactFields = await allowed(() => amocrm.contactFields())
  const { fields, contactTelegramField } = business.amocrm
  return [
    ...('refused' in leadFields
      ? [bad(words.leadFields, words.unknown, words.unreadable(leadFields.refused), words.rightToFields)]
      : Object.entries(fields).map(([fact, code]) =>
          inspectField(
            leadFields.value,
            {
              what: words.field(fact),
              code,
              setting: `amocrm.fields.${fact}`,
              unfit: (type) => unfitType(fact, type, language),
            },
            language,
          ),
        )),
    ...('refused' in contactFields
      ? [
          bad(
            words.contactFields,
            words.unknown,
            words.unreadable(contactFields.refused),
            words.rightToFields,
          ),
        ]
      : [
          inspectField(
            contactFields.value,
            {
              what: words.telegramField,
              code: contactTelegramField,
              setting: 'amocrm.contactTelegramField',
              unfit: (type) =>
                ['text', 'textarea', 'url', 'multitext'].includes(type) ? null : words.noUsername(type),
            },
            language,
          ),
        ]),
  ]
}

function inspectField(
  fields: AmocrmField[],
  {
    what,
    code,
    setting,
    unfit,
  }: { what: string; code: string; setting: string; unfit: (type: string) => string | null },
  language: Language,
): AccountRow {
  const { amocrm: words, nothing } = texts[language].terminal.checks
  const found = fields.find((one) => one.code === code || String(one.id) === code || one.name === code)
  if (!found) return bad(what, nothing, words.noField({ code, setting }), setup)
  const has = `"${found.name ?? ''}" ${found.id} ${found.type}`
  const fault = unfit(found.type)
  return fault ? bad(what, has, fault, words.otherType({ setting, command: setup })) : good(what, has)
}

async function inspectReasons(
  { amocrm, business }: SeenByToken,
  isOn: boolean,
  language: Language,
): Promise<AccountRow[]> {
  const { amocrm: words, nothing } = texts[language].terminal.checks
  const wanted = Object.entries(business.amocrm.lossReasons)
  if (wanted.length === 0) return []
  if (!isOn) return [bad(words.reasons, words.switchedOff, words.noReasons, words.switchOn)]
  const reasons = await allowed(() => amocrm.lossReasons())
  if ('refused' in reasons)
    return [bad(words.reasons, words.unknown, words.unreadable(reasons.refused), words.rightToReasons)]
  return wanted.map(([key, names]) => {
    const what = words.reason(key)
    const found = reasons.value.find((one) => isWanted(names, one))
    return found
      ? good(what, `"${found.name}" ${found.id}`)
      : bad(
          what,
          nothing,
          words.noReason({ names: JSON.stringify(names), setting: `amocrm.lossReasons.${key}` }),
          setup,
        )
  })
}

export async function inspectHooks(
  app: Ports<'amocrm' | 'config'>,
  language: Language = 'en',
): Promise<{ rows: AccountRow[]; subscriptions: Subscription[] | null }> {
  const { amocrm: words, nothing } = texts[language].terminal.checks
  const again = 'npm run amocrm -- subscribe'
  const found = await allowed(() => findSubscriptions(app))
  if ('refused' in found) {
    const why = words.unreadable(found.refused)
    return {
      rows: [bad(words.webhooks, words.unknown, why, words.webhooksTariff)],
      subscriptions: null,
    }
  }
  const rows = found.value.map(({ address, disabled, lacks }) =>
    disabled
      ? bad(words.webhook, address, words.disabled, again)
      : lacks.length > 0
        ? bad(words.webhook, address, words.lacks(lacks.join(', ')), again)
        : good(words.webhook, address),
  )
  return {
    rows: rows.length > 0 ? rows : [bad(words.webhook, nothing, words.noWebhook, again)],
    subscriptions: found.value,
  }
}

async function inspectFilters(app: Port, flag: boolean | null, language: Language): Promise<AccountRow[]> {
  const words = texts[language].terminal.checks.amocrm
  const poll = await readPollState(app)
  const seen = filtersText(poll.filters, language) ?? (flag === false ? words.filtersAre.ignored : null)
  return [
    seen
      ? bad(words.filters, words.filtersNone, seen, words.filtersLived)
      : good(words.filters, words.filtersWork),
    ...poll.refused
      // Loss reasons and fields have rows of their own.
      .map((text) => bad(words.missed, words.withoutPart, text, words.rightToRead)),
    ...(poll.error === null ? [] : [bad(words.missed, words.fails, poll.error, words.seeLog)]),
  ]
}

/** What the account may refuse to a token like ours. */
async function allowed<Value>(read: () => Promise<Value>): Promise<{ value: Value } | { refused: string }> {
  try {
    return { value: await read() }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { refused: error instanceof AmocrmError ? error.message : String(error) }
  }
}
