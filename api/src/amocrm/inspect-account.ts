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
): Promise<{ rows: AccountRow[]; subscriptions: Subscription[] | null }> {
  const account = (await app.amocrm.account()) ?? null
  const hooks = await inspectHooks(app)
  const rows = [
    ...(await inspectByToken(app, account)),
    ...hooks.rows,
    ...(await inspectFilters(app, account?.is_api_filter_enabled ?? null)),
  ]
  return { rows, subscriptions: hooks.subscriptions }
}

/** What a token alone shows, before there is a database. */
export async function inspectByToken(app: SeenByToken, account: AmocrmAccount | null): Promise<AccountRow[]> {
  return [
    ...inspectToken(app),
    ...(await inspectUser(app, account?.current_user_id ?? null)),
    ...(await inspectStages(app)),
    ...(await inspectFields(app)),
    ...(await inspectReasons(app, account?.is_loss_reason_enabled ?? true)),
  ]
}

function inspectToken(app: SeenByToken): AccountRow[] {
  if (app.config.amocrm.oauth) return [good('token', 'OAuth, renewed by itself')]
  const facts = tokenInUse(app)
  if (!facts?.endsAt) return [good('token', 'long-lived; it does not say until when')]
  const has = `long-lived, until ${facts.endsAt.toISOString().slice(0, 10)}`
  const soon = tokenText(facts, app.now())
  return soon
    ? [bad('token', has, soon, 'make a new one in the integration, tab Keys, and put it into AMOCRM_API_KEY')]
    : [good('token', has)]
}

async function inspectUser(app: SeenByToken, id: number | null): Promise<AccountRow[]> {
  const what = "rights of the token's user"
  const next = 'make the token as an administrator, or set up webhooks, stages and fields by hand'
  if (id === null) return []
  const user = await allowed(() => app.amocrm.user(id))
  if ('refused' in user) return [bad(what, `user ${id}`, `is no administrator (${user.refused})`, next)]
  const has = `${user.value?.name ?? 'user'} ${id}`
  return user.value?.rights?.is_admin === false
    ? [bad(what, has, 'is no administrator', next)]
    : [good(what, has)]
}

async function inspectStages({ amocrm, business }: SeenByToken): Promise<AccountRow[]> {
  const { wanted, absent } = neededPipelines(await amocrm.pipelines(), business.amocrm)
  return [
    ...absent.map((name) =>
      bad(
        'pipeline',
        'nothing',
        `there is no pipeline ${JSON.stringify(name)}`,
        'correct amocrm.pipelines in config/business.yaml',
      ),
    ),
    ...wanted.flatMap(({ name, _embedded: { statuses } }) =>
      Object.entries(business.amocrm.statuses).map(([stage, names]) => {
        const what = `stage ${stage} in "${name}"`
        const found = statuses.find((one) => isWanted(names, one))
        return found
          ? good(what, `"${found.name}" ${found.id}`)
          : bad(
              what,
              'nothing',
              `no stage is named ${JSON.stringify(names)} (amocrm.statuses.${stage})`,
              setup,
            )
      }),
    ),
  ]
}

async function inspectFields({ amocrm, business }: SeenByToken): Promise<AccountRow[]> {
  const leadFields = await allowed(() => amocrm.leadFields())
  const contactFields = await allowed(() => amocrm.contactFields())
  const { fields, contactTelegramField } = business.amocrm
  return [
    ...('refused' in leadFields
      ? [
          bad(
            'lead fields',
            'unknown',
            `cannot be read (${leadFields.refused})`,
            'give the token the right to see fields',
          ),
        ]
      : Object.entries(fields).map(([fact, code]) =>
          inspectField(leadFields.value, `field ${fact}`, code, `amocrm.fields.${fact}`, (type) =>
            unfitType(fact, type),
          ),
        )),
    ...('refused' in contactFields
      ? [
          bad(
            'contact fields',
            'unknown',
            `cannot be read (${contactFields.refused})`,
            'give the token the right to see fields',
          ),
        ]
      : [
          inspectField(
            contactFields.value,
            'contact field for Telegram',
            contactTelegramField,
            'amocrm.contactTelegramField',
            (type) =>
              ['text', 'textarea', 'url', 'multitext'].includes(type)
                ? null
                : `a username does not fit the type ${type}; make it text`,
          ),
        ]),
  ]
}

function inspectField(
  fields: AmocrmField[],
  what: string,
  code: string,
  of: string,
  unfit: (type: string) => string | null,
): AccountRow {
  const found = fields.find((one) => one.code === code || String(one.id) === code || one.name === code)
  if (!found) return bad(what, 'nothing', `there is no field ${code} (${of})`, setup)
  const has = `"${found.name ?? ''}" ${found.id} ${found.type}`
  const fault = unfit(found.type)
  return fault
    ? bad(
        what,
        has,
        fault,
        `delete it or name another in ${of}, then ${setup}: amoCRM does not change a field's type`,
      )
    : good(what, has)
}

async function inspectReasons({ amocrm, business }: SeenByToken, isOn: boolean): Promise<AccountRow[]> {
  const wanted = Object.entries(business.amocrm.lossReasons)
  if (wanted.length === 0) return []
  if (!isOn) {
    const next = 'switch them on in the settings of the pipeline, or empty amocrm.lossReasons'
    return [bad('loss reasons', 'switched off', 'the account has none', next)]
  }
  const reasons = await allowed(() => amocrm.lossReasons())
  if ('refused' in reasons) {
    const next = 'give the token the right, or empty amocrm.lossReasons: leads are closed without a reason'
    return [bad('loss reasons', 'unknown', `cannot be read (${reasons.refused})`, next)]
  }
  return wanted.map(([key, names]) => {
    const what = `loss reason ${key}`
    const found = reasons.value.find((one) => isWanted(names, one))
    return found
      ? good(what, `"${found.name}" ${found.id}`)
      : bad(what, 'nothing', `no loss reason ${JSON.stringify(names)} (amocrm.lossReasons.${key})`, setup)
  })
}

export async function inspectHooks(
  app: Ports<'amocrm' | 'config'>,
): Promise<{ rows: AccountRow[]; subscriptions: Subscription[] | null }> {
  const again = 'npm run amocrm -- subscribe'
  const found = await allowed(() => findSubscriptions(app))
  if ('refused' in found) {
    const next =
      'webhooks by API need the tariff Advanced or higher and an administrator; without: add the address by hand, amoMarket > WEB HOOKS. New leads are found by looking each minute'
    return {
      rows: [bad('webhooks', 'unknown', `cannot be read (${found.refused})`, next)],
      subscriptions: null,
    }
  }
  const rows = found.value.map(({ address, disabled, lacks }) =>
    disabled
      ? bad('webhook', address, 'is disabled by amoCRM after too many bad answers', again)
      : lacks.length > 0
        ? bad('webhook', address, `lacks ${lacks.join(', ')}`, again)
        : good('webhook', address),
  )
  return {
    rows: rows.length > 0 ? rows : [bad('webhook', 'nothing', 'no webhook points to us', again)],
    subscriptions: found.value,
  }
}

async function inspectFilters(app: Port, flag: boolean | null): Promise<AccountRow[]> {
  const poll = await readPollState(app)
  const next =
    'nothing has to be done: new leads come by hooks, and the newest cards are looked through. The option makes it cheaper: ask amoCRM'
  const seen = filtersText[poll.filters] ?? (flag === false ? filtersText.ignored : null)
  return [
    seen ? bad('filters of lists', 'none', seen, next) : good('filters of lists', 'work'),
    ...poll.refused
      // Loss reasons and fields have rows of their own.
      .map((text) =>
        bad('the look for missed leads', 'without a part', text, 'give the token the right to read it'),
      ),
    ...(poll.error === null
      ? []
      : [
          bad('the look for missed leads', 'fails', poll.error, 'see the log; it is tried again each minute'),
        ]),
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
