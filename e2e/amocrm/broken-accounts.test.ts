import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { forgetAccountMap } from '../../api/src/amocrm/account-map.ts'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { inspectAccount } from '../../api/src/amocrm/inspect-account.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { ask } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe('check on broken accounts: each fault with its mend, and nothing else', async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  const events = [
    'add_lead',
    'update_lead',
    'status_lead',
    'responsible_lead',
    'delete_lead',
    'restore_lead',
    'note_lead',
    'add_contact',
    'update_contact',
  ]
  const subscribe = (settings = events) =>
    amo.rest('POST', '/webhooks', { destination: amo.hookUrl, settings })
  const refuse = (path: string, status: number) =>
    amo.control('/faults', {
      match: { method: 'GET', path: `/api/v4${path}` },
      fault: { status },
      times: 100,
    })
  const setType = (fieldId: number, type: string, choices?: string[]) =>
    amo.control('/fields/type', { fieldId, type, ...(choices ? { choices } : {}) })
  const { business, config } = app
  await meetAccount(app)

  beforeEach(async () => {
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
    await amo.control('/account', {
      filters: 'work',
      webhooks: 'allowed',
      rights: 'admin',
      isLossReasonEnabled: true,
    })
    for (const [id, type] of [
      [801, 'date_time'],
      [802, 'url'],
      [803, 'text'],
      [804, 'text'],
      [703, 'text'],
    ] as const)
      await setType(id, type)
    await subscribe()
    app.business = business
    app.config = config
    app.amocrm = createAmocrm({ baseUrl: amo.url, token: 'any', gate: createMemoryGate(1000) })
    await app.db.query(`delete from cursors where name = 'amocrm.poll'`)
  })
  const faults = async () => {
    forgetAccountMap(app)
    return (await inspectAccount(app)).rows.flatMap(({ what, fault, next }) =>
      fault === null ? [] : [`${what}: ${fault} -> ${next}`],
    )
  }

  const accounts: [name: string, spoil: () => Promise<unknown>, says: RegExp[]][] = [
    ['a good one', async () => {}, []],
    [
      'a stage is missing',
      async () => {
        app.business = {
          ...business,
          amocrm: { ...business.amocrm, statuses: { ...business.amocrm.statuses, qualified: 'Нет такого' } },
        }
      },
      [/^stage qualified in "Продажи": no stage is named "Нет такого".*-> npm run amocrm -- setup$/],
    ],
    [
      'a pipeline is missing',
      async () => {
        app.business = { ...business, amocrm: { ...business.amocrm, pipelines: ['Продажи', 'Опт'] } }
      },
      [/^pipeline: there is no pipeline "Опт" -> correct amocrm\.pipelines/],
    ],
    [
      'the meeting time is a date',
      () => setType(801, 'date'),
      [/^field meetingAt: a date has no time of day; make it date_time -> delete it/],
    ],
    [
      'the meeting link is a list of a catalog',
      () => setType(802, 'chained_list'),
      [/^field meetingLink: nothing can be written.*make it url/],
    ],
    [
      'the need is a number',
      () => setType(803, 'numeric'),
      [/^field need: of the type numeric.*make it textarea/],
    ],
    ['a numeric budget, which is fine', () => setType(804, 'numeric'), []],
    [
      'the Telegram name is a number',
      () => setType(703, 'numeric'),
      [/^contact field for Telegram: a username does not fit the type numeric; make it text/],
    ],
    [
      'the Telegram field is another',
      async () => {
        app.business = { ...business, amocrm: { ...business.amocrm, contactTelegramField: 'TG' } }
      },
      [
        /^contact field for Telegram: there is no field TG \(amocrm\.contactTelegramField\) -> npm run amocrm -- setup/,
      ],
    ],
    [
      'loss reasons are switched off',
      () => amo.control('/account', { isLossReasonEnabled: false }),
      [/^loss reasons: the account has none -> switch them on/],
    ],
    [
      'loss reasons may not be read',
      () => refuse('/leads/loss_reasons', 403),
      [/^loss reasons: cannot be read.*403.*-> give the token the right/],
    ],
    [
      'no tariff for webhooks',
      () => refuse('/webhooks', 402),
      [/^webhooks: cannot be read.*402.*-> webhooks by API need the tariff Advanced/],
    ],
    [
      "the token's user is no administrator",
      () => amo.control('/account', { rights: 'user' }),
      [
        /^rights of the token's user: is no administrator.*-> make the token as an administrator/,
        /^webhooks: cannot be read.*-> webhooks by API need the tariff/,
      ],
    ],
    [
      'the webhook lacks an event',
      () => subscribe(events.slice(1)),
      [/^webhook: lacks add_lead -> npm run amocrm -- subscribe/],
    ],
    [
      'no webhook',
      async () => app.amocrm.unsubscribe(amo.hookUrl),
      [/^webhook: no webhook points to us -> npm run amocrm -- subscribe/],
    ],
    [
      'filters are not paid for',
      () => amo.control('/account', { filters: 'ignored' }),
      [/^filters of lists: amoCRM ignores filters.*-> nothing has to be done/],
    ],
    [
      'the token ends',
      async () => {
        const { token } = await amo.control('/tokens/long-lived', { days: 5 })
        app.config = { ...config, amocrm: { ...config.amocrm, token: String(token), oauth: null } }
      },
      [/^token: the long-lived token ends on \d{4}.*-> make a new one/],
    ],
    [
      'the log of events may not be read',
      async () => {
        await refuse('/events', 403)
        await findMissedLeads(app)
      },
      [/^the look for missed leads: events: .*403.*-> give the token the right/],
    ],
    [
      'the look for missed leads fails',
      async () => {
        await amo.control('/faults', {
          match: { method: 'GET', path: '/api/v4/leads' },
          fault: { status: 500 },
          times: 1,
        })
        await findMissedLeads(app).catch(() => {})
      },
      [/^the look for missed leads: .*500.*-> see the log/],
    ],
  ]
  for (const [name, spoil, says] of accounts) {
    test(name, async () => {
      await spoil()
      const found = await faults()
      assert.equal(found.length, says.length, found.join('\n'))
      for (const [index, pattern] of says.entries()) assert.match(found[index]!, pattern)
    })
  }
})
