import { createHash } from 'node:crypto'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { errorText } from '../text/storable.ts'
import { hookEvents } from './subscription.ts'

const stateName = 'amocrm.hooks'
/** So long `/ready` remembers that a subscription was renewed. */
const rememberMs = 24 * 3_600_000

/** What is known of hooks that amoCRM has switched off. Times are milliseconds since 1970. */
export type HooksState = {
  /** Still off: amoCRM refused to renew it, or it leads to us with another secret and is not ours to renew. */
  off: { address: string; since: number; why: string }[]
  renewed: { address: string; at: number } | null
}

/** A door of ours (n8n's or the API's), whatever secret is at its end. */
const ourDoor = /\/(?:webhook\/lead-intake\/amocrm|hooks\/amocrm)\/[\w-]+$/

/**
 * Looks whether amoCRM has switched off a webhook that leads to us, as it does after a hundred bad answers: one with our secret is
 * renewed; what cannot be renewed stands in `/ready`. A human has a task for each, on the newest card.
 * @throws AmocrmError when amoCRM is not reached
 */
export async function keepSubscription(app: App): Promise<void> {
  const secret = app.config.amocrm.webhookSecret
  const { language } = app.business
  const off = (await app.amocrm.webhooks()).filter(({ disabled }) => disabled)
  const before = await hooksState(app)
  const state: HooksState = { off: [], renewed: before.renewed }
  for (const { destination, settings } of off) {
    const isOurs = destination.endsWith(secret)
    if (!isOurs && !ourDoor.test(destination)) continue
    const address = destination.replace(/[^/]+$/, '[secret]')
    const why = isOurs ? await renew(app, destination, settings) : texts[language].task.hookForeign
    if (why === null) {
      state.renewed = { address, at: Date.now() }
      app.log.error({ address }, 'amoCRM had switched our webhook off; it was renewed')
      await audit(app.db, { actor: 'system', action: 'amocrm.hooks_renewed', details: { address } })
      const day = new Date().toISOString().slice(0, 10)
      await tell(app, `renewed:${day}`, destination, texts[language].task.hookRenewed(address))
      continue
    }
    const since = before.off.find((one) => one.address === address)?.since ?? Date.now()
    state.off.push({ address, since, why })
    app.log.error({ address, why }, 'amoCRM has switched a webhook off that leads to us')
    const text = texts[language].task.hookOff({ address, why })
    await tell(app, `off:${since}`, destination, text)
  }
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [stateName, JSON.stringify(state)],
  )
}

/** What `/ready` says of the webhooks; `ok` false: one is off. */
export async function hooksReadiness(app: Ports<'db'>): Promise<{ ok: boolean; detail?: string }> {
  const { off, renewed } = await hooksState(app)
  const iso = (ms: number) => new Date(ms).toISOString()
  if (off.length > 0)
    return {
      ok: false,
      detail: off.map((one) => `${one.address} is off since ${iso(one.since)}: ${one.why}`).join('; '),
    }
  if (renewed && Date.now() - renewed.at < rememberMs)
    return {
      ok: true,
      detail: `${renewed.address} was switched off by amoCRM and renewed at ${iso(renewed.at)}`,
    }
  return { ok: true }
}

async function hooksState(app: Ports<'db'>): Promise<HooksState> {
  const { rows } = await app.db.query<{ value: HooksState }>('select value from cursors where name = $1', [
    stateName,
  ])
  return rows[0]?.value ?? { off: [], renewed: null }
}

/** @returns why it is still off, or null */
async function renew(app: App, destination: string, settings: string[]): Promise<string | null> {
  try {
    await app.amocrm.subscribe(destination, [...new Set([...settings, ...hookEvents])])
    const now = (await app.amocrm.webhooks()).find((one) => one.destination === destination)
    return now && !now.disabled ? null : 'amoCRM took the request and left it off'
  } catch (error) {
    return errorText(error).replaceAll(app.config.amocrm.webhookSecret, '[secret]')
  }
}

/** Tasks of amoCRM stand on cards; the newest is the one that people look at. */
async function tell(app: App, when: string, destination: string, text: string): Promise<void> {
  const { rows } = await app.db.query<{ id: number }>(
    'select id from leads where card_gone_at is null order by id desc limit 1',
  )
  if (!rows[0]) return
  const which = createHash('sha256').update(destination).digest('hex').slice(0, 12)
  await enqueue(app.db, {
    leadId: rows[0].id,
    turnId: null,
    channel: 'amocrm',
    key: `amocrm-hooks:${which}:${when}`,
    payload: { kind: 'task', text, dueInMin: 60 },
  })
  app.wake.up('amocrm')
}
