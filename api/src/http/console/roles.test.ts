import { type Role, roles } from '@lead/contract/console'
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createBrowser, signIn } from '../../testing/console-client.ts'
import { isProblem } from '../../testing/http-client.ts'
import { addLead, addMeeting, offerIn } from '../../testing/seed.ts'
import { startTestApp } from '../../testing/test-app.ts'
import { exampleBusiness } from '../../testing/business.ts'
import { createServer } from '../server.ts'
import { routeRoles } from './route-roles.ts'

const business = {
  ...exampleBusiness,
  sellers: exampleBusiness.sellers.map((seller) =>
    seller.id === 'olga' ? { ...seller, amocrmUserId: 501 } : seller,
  ),
}
const app = await startTestApp({ business })
const { db } = app
const server = await createServer(app)
after(() => server.close())

/** Of Olga by amoCRM, of Olga by her meeting, of Pavel by his meeting, of nobody. */
const [byCard, byMeeting, ofPavel, ofNobody] = [1, 2, 3, 4]
const people = {} as Record<Role, Awaited<ReturnType<typeof signIn>>>
const meetings: Record<number, number> = {}

before(async () => {
  await addLead(db, byCard, { responsible_user_id: 501 })
  for (const id of [byMeeting, ofPavel, ofNobody]) await addLead(db, id)
  meetings[byMeeting] = (await addMeeting(db, byMeeting, offerIn(48, 'olga'))).id
  meetings[ofPavel] = (await addMeeting(db, ofPavel, offerIn(48, 'pavel'))).id
  for (const role of roles) people[role] = await signIn(app, server, role, role === 'seller' ? 'olga' : null)
})

const span = 'from=2026-11-23T00:00:00Z&to=2026-11-30T00:00:00Z'
/** Addresses and bodies that are well-formed and change nothing that the next test needs. */
const examples: Record<string, [path: string, body?: object]> = {
  'GET /console/leads/:leadId/turns/:turnId': ['/console/leads/1/turns/77'],
  'GET /console/leads/:leadId/files/:messageId': ['/console/leads/1/files/77'],
  'GET /console/week': [`/console/week?${span}`],
  'GET /console/week/why': ['/console/week/why?at=2026-11-24T10:00:00Z'],
  'GET /console/numbers': [`/console/numbers?${span}`],
  'POST /console/leads/:leadId/control': ['/console/leads/1/control', { control: 'human' }],
  'POST /console/leads/:leadId/messages': ['/console/leads/1/messages', { text: 'Hello', key: 'same' }],
  'POST /console/leads/:leadId/messages/:messageId/retry': ['/console/leads/1/messages/77/retry'],
  'POST /console/leads/:leadId/notes': ['/console/leads/1/notes', { text: 'A note' }],
  'POST /console/leads/:leadId/close': ['/console/leads/1/close', { reason: 'other' }],
  'POST /console/password': ['/console/password', { present: 'a wrong one', next: 'another long password' }],
  'POST /console/second-factor/begin': ['/console/second-factor/begin', { password: 'a wrong one' }],
  'POST /console/second-factor/confirm': ['/console/second-factor/confirm', { code: '000000' }],
  'POST /console/second-factor/off': ['/console/second-factor/off', { password: 'x', code: '000000' }],
  'POST /console/leads/:leadId/snooze': ['/console/leads/1/snooze', { until: null }],
  'POST /console/leads/:leadId/block': ['/console/leads/1/block', { reason: 'spam' }],
  'POST /console/leads/:leadId/messages/:messageId/wrong': [
    '/console/leads/1/messages/77/wrong',
    { right: 'Another answer' },
  ],
  'POST /console/evaluation-cases/:caseId/drop': ['/console/evaluation-cases/77/drop'],
  'POST /console/filters': ['/console/filters', { name: 'Mine', queue: 'all', search: 'CRM' }],
  'POST /console/filters/:filterId/drop': ['/console/filters/77/drop'],
  'POST /console/leads/:leadId/drafts/:draftId/approve': [
    '/console/leads/1/drafts/77/approve',
    { reply: 'Hello' },
  ],
  'POST /console/leads/:leadId/drafts/:draftId/reject': [
    '/console/leads/1/drafts/77/reject',
    { reason: 'no' },
  ],
  'POST /console/leads/:leadId/approval': ['/console/leads/1/approval', { needs: null }],
  'GET /console/leads/:leadId/person': ['/console/leads/1/person'],
  'POST /console/leads/:leadId/erase': ['/console/leads/77777/erase'],
  'GET /console/meetings/:meetingId/words': ['/console/meetings/M/words?action=cancel'],
  'POST /console/meetings/:meetingId/move': [
    '/console/meetings/M/move',
    { startsAt: '2020-01-01T00:00:00Z' },
  ],
  'POST /console/meetings/:meetingId/cancel': ['/console/meetings/77777/cancel'],
  'POST /console/meetings/:meetingId/no-show': ['/console/meetings/M/no-show'],
  'POST /console/dead-letters/:door/:id/:action': ['/console/dead-letters/inbox/77/retry'],
  'POST /console/alerts/:alertId/acknowledge': ['/console/alerts/77777/acknowledge'],
  'POST /console/alert-channels/:channel/test': ['/console/alert-channels/email/test'],
  // No system runs: whoever may, gets the faults at once.
  'POST /console/setup/:integration/check': ['/console/setup/n8n/check', { language: 'en' }],
  'POST /console/telegram-login': ['/console/telegram-login', { step: 'password', password: 'x' }],
  'POST /console/business/check': ['/console/business/check', { text: 'company: {}' }],
  'POST /console/business': ['/console/business', { text: '', version: '0123456789abcdef' }],
  'GET /console/knowledge': ['/console/knowledge?text=price'],
  'GET /console/playground/:talkId': ['/console/playground/playground-0123456789abcdef'],
  'POST /console/playground': [
    '/console/playground',
    { id: 'playground-0123456789abcdef', text: 'Hello', language: 'en' },
  ],
  // A push service that no browser uses.
  'POST /console/push': [
    '/console/push',
    {
      endpoint: 'https://push.example/1',
      p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
      auth: 'tBHItJI5svbpez7KI4CCXg',
      language: 'en',
    },
  ],
  'POST /console/push/drop': ['/console/push/drop', { endpoint: 'https://push.example/1' }],
  'POST /console/halt': ['/console/halt', { halted: false }],
  'POST /console/invitations': ['/console/invitations', { role: 'viewer' }],
  'POST /console/people/:personId': ['/console/people/77777', {}],
}
const open = new Set(['POST /console/login', 'POST /console/join', 'POST /console/logout'])

for (const [route, allowed] of Object.entries(routeRoles)) {
  if (open.has(route)) continue
  const [method, url] = route.split(' ') as ['GET' | 'POST', string]
  const [path = url.replace(':leadId', '1'), body] = examples[route] ?? []
  // A stream does not end: whether it opens is asked in changes.test.ts.
  const isStream = route === 'GET /console/changes'

  test(`${route}: nobody without a session`, async () => {
    const answer = await createBrowser(server).ask(method, path.replace('M', '1'), body)
    isProblem(answer, 'signed-out', 401)
  })
  for (const role of roles) {
    const may = allowed !== 'nobody' && allowed.includes(role)
    if (may && isStream) continue
    test(`${route}: ${role} ${may ? 'may' : 'may not'}`, async () => {
      const address = path.replace('M', String(meetings[byMeeting]))
      const answer = await people[role].ask(method, address, body ?? (method === 'POST' ? {} : undefined))
      if (!may) return isProblem(answer, 'forbidden', 403)
      assert.ok(![401, 403].includes(answer.status) && answer.status < 500, answer.text)
    })
  }
}

test('every route of the console stands in the table, and the table names no other', () => {
  for (const route of Object.keys(routeRoles)) {
    const [method, url] = route.split(' ') as ['GET' | 'POST', string]
    assert.ok(server.hasRoute({ method, url }), `${route} is no route`)
  }
})

describe('a seller', () => {
  const listed = async (path: string) => {
    const answer = await people.seller.get(path)
    return (answer.body['leads'] as { id: number }[]).map(({ id }) => id).sort()
  }

  test('lists and finds their own leads only, by amoCRM and by meeting', async () => {
    assert.deepEqual(await listed('/console/leads'), [byCard, byMeeting])
    assert.deepEqual(await listed('/console/leads?search=lead'), [byCard, byMeeting])
    const everybody = (await people.manager.get('/console/leads')).body['leads'] as unknown[]
    assert.equal(everybody.length, 4)
  })

  test('counts their own leads only', async () => {
    const sum = (counters: Record<string, unknown>) =>
      Object.values(counters).reduce<number>((all, count) => all + Number(count), 0)
    assert.equal(sum((await people.seller.get('/console/counters')).body), 2)
    assert.equal(sum((await people.viewer.get('/console/counters')).body), 4)
  })

  const ofLead = Object.entries(routeRoles).flatMap(([route, allowed]) =>
    route.includes(':leadId') && allowed.includes('seller') ? [route] : [],
  )
  for (const route of ofLead) {
    const [method, url] = route.split(' ') as ['GET' | 'POST', string]
    test(`${route}: another seller's lead is as if it were not there`, async () => {
      const [path, body] = examples[route] ?? [url.replace(':leadId', '1')]
      for (const lead of [ofPavel, ofNobody]) {
        const address = path.replace('/leads/1', `/leads/${lead}`)
        isProblem(await people.seller.ask(method, address, body), 'unknown-lead', 404)
      }
    })
  }

  test('touches no meeting of another seller, and does not see it in the week', async () => {
    const id = meetings[ofPavel]
    for (const action of ['cancel', 'no-show'])
      isProblem(await people.seller.post(`/console/meetings/${id}/${action}`), 'unknown-meeting', 404)
    const from = new Date(Date.now()).toISOString()
    const to = new Date(Date.now() + 7 * 86_400_000).toISOString()
    const week = (await people.seller.get(`/console/week?from=${from}&to=${to}`)).body as {
      sellers: { id: string }[]
      meetings: { id: number }[]
    }
    assert.deepEqual(
      week.sellers.map((seller) => seller.id),
      ['olga'],
    )
    assert.deepEqual(
      week.meetings.map((meeting) => meeting.id),
      [meetings[byMeeting]],
    )
  })
})
