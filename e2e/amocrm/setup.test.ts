import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { SetupRow } from '../../api/src/amocrm/set-up-account.ts'
import { type AmocrmPayload, enqueue } from '../../api/src/outbox/enqueue.ts'
import { repository } from '../../local/settings/config.ts'
import { ask } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe('npm run amocrm -- setup on a fresh account', async () => {
  const amo = await startAmocrmAccount({ account: 'fresh' })
  const { app } = amo
  function run(...args: string[]): Promise<{ code: number; out: string }> {
    const file = join(repository, 'local/commands/amocrm.ts')
    const command = [file, ...args, '--api', amo.api, '--token', app.config.apiToken]
    return new Promise((resolve) =>
      execFile(process.execPath, command, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
      ),
    )
  }
  const setup = async (...more: string[]) =>
    JSON.parse((await run('setup', '--json', ...more)).out) as SetupRow[]
  const states = (rows: SetupRow[], state: string) => rows.filter((row) => row.state === state).length

  test('check names what is missing; a dry run shows the plan and changes nothing', async () => {
    const found = await run('check')
    assert.equal(found.code, 1)
    assert.equal(found.out.match(/-> npm run amocrm -- setup/g)?.length, 3 + 8 + 1 + 2, found.out)
    const planned = await setup('--dry-run')
    assert.deepEqual([states(planned, 'missing'), states(planned, 'made')], [3 + 8 + 1 + 2 + 3, 0])
    assert.deepEqual(await setup('--dry-run'), planned)
  })

  test('everything is made, in its place and of the right type; the second run changes nothing', async () => {
    const shown = await run('setup')
    assert.equal(shown.code, 0, shown.out)
    assert.match(shown.out, /17 made, 0 by hand/)
    const second = await setup()
    assert.deepEqual([states(second, 'there'), states(second, 'made')], [17, 0])
    assert.ok(second.every(({ id }) => id !== null))
    const after = await run('check')
    assert.deepEqual([after.code, after.out.split('\n')[1]], [0, 'everything agrees'], after.out)
    assert.match(after.out, /ok {5}field meetingAt: "Время встречи" \d+ date_time/)
    const { _embedded } = (await amo.rest('GET', '/leads/pipelines')) as {
      _embedded: { pipelines: { _embedded: { statuses: { name: string }[] } }[] }
    }
    assert.deepEqual(_embedded.pipelines[0]!._embedded.statuses.map(({ name }) => name).slice(0, 5), [
      'Неразобранное',
      'Первичный контакт',
      'В работе',
      'Квалифицирован',
      'Встреча назначена',
    ])
  })

  test('a lead is booked, and its card is whole', async () => {
    const id = await amo.newLead({ telegram: 'fresh_person' })
    await amo.leadIs('it is known', id, () => true)
    const fields = {
      need: 'CRM',
      budget: '500 тысяч',
      language: 'ru',
      meetingAt: '2026-12-01T09:00:00.000Z',
      meetingLink: 'https://meet.example/a',
    }
    const payload: AmocrmPayload = { kind: 'lead', stage: 'booked', fields, tags: ['AI'] }
    await enqueue(app.db, { leadId: id, turnId: null, channel: 'amocrm', key: 'booked', payload })
    app.wake.up('amocrm')
    await amo.quiet()
    const card = (await ask(`${amo.url}/_sim/leads/${id}`)).body as {
      status: string
      fields: Record<string, unknown>
      lead: { tags: string[] }
    }
    assert.equal(card.status, 'Встреча назначена')
    assert.deepEqual(card.lead.tags, ['AI'])
    assert.deepEqual(card.fields, {
      NEED: 'CRM',
      BUDGET: '500 тысяч',
      LANGUAGE: 'ru',
      MEETING_AT: Date.parse(fields.meetingAt) / 1000,
      MEETING_LINK: fields.meetingLink,
    })
  })

  test('what amoCRM refuses is to be made by hand, and the rest is made', async () => {
    await amo.control('/fields/delete', {
      fieldId: (await setup('--dry-run')).find(({ name }) => name === 'Сроки')!.id,
    })
    await amo.control('/account', { rights: 'user' })
    const refused = await run('setup')
    assert.equal(refused.code, 1)
    assert.match(refused.out, /refused {2}lead field "Сроки".*\n.*by hand.*administrator/)
    await amo.control('/account', { rights: 'admin' })
    assert.equal(states(await setup(), 'made'), 1)
  })
})
