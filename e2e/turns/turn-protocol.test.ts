import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { System } from '../../local/system/system.ts'
import { startSecondApi } from './second-api.ts'
import { ask, startTestSystem, until } from '../system.ts'
import { type Line, makeLead, type Person, readChat } from './new-lead.ts'

/** What the API tells of a lead. */
type Story = {
  lead: { control: string; optedOutAt: string | null }
  messages: { direction: 'in' | 'out'; text: string }[]
  turns: { kind: string; state: string; runAt: string; lastError: string | null }[]
  deliveries: { channel: string; state: string }[]
}
/** The same with 50 leads, 30 people who write, and ten minutes: OUTAGE_LEADS=50 OUTAGE_WRITERS=30 OUTAGE_SECONDS=600. */
const outage = {
  leads: Number(process.env.OUTAGE_LEADS ?? 5),
  writers: Number(process.env.OUTAGE_WRITERS ?? 3),
  seconds: Number(process.env.OUTAGE_SECONDS ?? 0),
}

type Completion = { kind: string; prompt?: string; turn?: { newMessages?: unknown } }

describe('the turn protocol, seen from outside', () => {
  let system: System
  let count = 0
  before(async () => {
    system = await startTestSystem()
    await ask(`${system.urls.amocrm}/_sim/limits`, { json: { perSecond: null } })
  })
  after(() => system.stop())

  const newLead = () => makeLead(system, (count += 1))
  const chat = (person: Person) => readChat(system, person)
  const say = ({ id }: Person, text: string) =>
    ask(`${system.urls.telegram}/_sim/people/${id}/say`, { json: { text } })
  const greeted = (person: Person) =>
    until('the first message', async () =>
      (await chat(person)).some((line) => line.from === 'seller') ? true : null,
    )
  const completions = async (prompt: string) =>
    ((await ask(`${system.urls.llm}/_sim/journal`)).body as { entries: Completion[] }).entries.filter(
      (entry) => entry.kind === 'completion' && entry.prompt === prompt,
    )
  const story = ({ leadId }: Person): Promise<Story> =>
    until('the API knows the lead', async () => {
      const token = system.config.settings.API_TOKEN
      const { status, body } = await ask(`${system.urls.api}/conversation/${leadId}`, { token })
      return status === 200 ? (body as Story) : null
    })
  const heard = (person: Person, text: string) =>
    until(`the API heard "${text}"`, async () =>
      (await story(person)).messages.some((message) => message.text === text),
    )
  /**
   * All that the person said was heard and taken in or given up, and nothing is on its way: from now on nothing is sent to them
   * before they or a human write, or a timer rings, which takes hours.
   */
  const settled = (person: Person, seconds = 90) =>
    until(
      'all is said and done',
      async () => {
        const said = (await chat(person)).filter((line) => line.from === 'person').length
        const { messages, turns, deliveries } = await story(person)
        const soon = Date.now() + 3_600_000
        return (
          messages.filter(({ direction }) => direction === 'in').length === said &&
          !turns.some(
            ({ state, runAt }) => state === 'running' || (state === 'pending' && Date.parse(runAt) < soon),
          ) &&
          !deliveries.some(
            ({ channel, state }) => channel === 'telegram' && ['pending', 'sending'].includes(state),
          )
        )
      },
      seconds,
    )
  const repliesAfter = (lines: Line[], text: string) =>
    lines.slice(lines.findIndex((line) => line.text === text) + 1).filter((line) => line.from === 'seller')

  test('five messages one upon another get one reply that takes all five into account', async () => {
    const person = await newLead()
    await greeted(person)
    const seen = (await completions('classifier/2')).length
    const burst = ['Здравствуйте', 'да, это я', 'оставляла заявку', 'теряем заявки', 'нас пятеро']
    for (const text of burst) {
      await say(person, text)
      await heard(person, text)
    }
    await until('a reply', async () => repliesAfter(await chat(person), 'нас пятеро').length > 0)
    await settled(person)
    assert.equal(repliesAfter(await chat(person), 'Здравствуйте').length, 1)
    assert.equal((await completions('classifier/2')).length, seen + 1)
    const { turns } = await story(person)
    assert.equal(turns.filter((turn) => turn.kind === 'answer' && turn.state === 'done').length, 1)
  })

  test('a message that comes while the model thinks discards the first answer', async () => {
    const person = await newLead()
    await greeted(person)
    await ask(`${system.urls.llm}/_sim/mode`, { json: { mode: 'slow', delayMs: 3000 } })
    const seen = (await completions('classifier/2')).length
    await say(person, 'Расскажите подробнее')
    await until('the model is asked', async () =>
      (await completions('classifier/2')).length > seen ? true : null,
    )
    await say(person, 'И сколько это стоит?')
    await until('a reply', async () =>
      repliesAfter(await chat(person), 'И сколько это стоит?').length > 0 ? true : null,
    )
    await ask(`${system.urls.llm}/_sim/mode`, { json: { mode: 'modest' } })
    await settled(person)
    assert.equal(repliesAfter(await chat(person), 'Расскажите подробнее').length, 1)
  })

  test('after an opt-out and after a take-over by a human nothing is sent', async () => {
    const [optedOut, taken] = [await newLead(), await newLead()]
    await Promise.all([greeted(optedOut), greeted(taken)])
    await say(optedOut, 'Не пишите мне больше')
    await ask(`${system.urls.telegram}/_sim/people/${taken.id}/seller-says`, {
      json: { text: 'Ольга, это я сама' },
    })
    await until('the opt-out', async () => (await story(optedOut)).lead.optedOutAt !== null)
    await until('the take-over', async () => (await story(taken)).lead.control === 'human')
    await say(taken, 'Хорошо')
    await say(optedOut, 'Всё ещё тут?')
    await Promise.all([settled(optedOut), settled(taken)])
    assert.equal(repliesAfter(await chat(optedOut), 'Не пишите мне больше').length, 0)
    assert.equal(repliesAfter(await chat(taken), 'Ольга, это я сама').length, 0)
    const token = system.config.settings.API_TOKEN
    const back = await ask(`${system.urls.api}/leads/${taken.leadId}/control`, {
      token,
      json: { control: 'ai', by: 'Анна', reason: 'дальше сама' },
    })
    assert.equal(back.status, 200)
    await until('the assistant goes on', async () =>
      repliesAfter(await chat(taken), 'Хорошо').length === 1 ? true : null,
    )
  })

  test('while n8n is away leads and messages wait, and are served when it is back', async (t) => {
    const known = await Promise.all(Array.from({ length: outage.writers }, newLead))
    for (const person of known) await greeted(person)
    await system.processes.n8n!.kill()
    const began = Date.now()
    const waiting: Person[] = []
    for (let number = 0; number < Math.max(outage.leads, outage.writers); number++) {
      if (number < outage.leads) waiting.push(await newLead())
      if (number < outage.writers) await say(known[number]!, 'Здравствуйте, расскажите подробнее')
      // n8n's door is closed; the API's own takes the hook.
      const hook = await ask(
        `${system.urls.api}/hooks/amocrm/${system.config.settings.AMOCRM_WEBHOOK_SECRET}`,
        {
          form: new URLSearchParams({
            'leads[update][0][id]': String((waiting[number] ?? known[number])!.leadId),
          }).toString(),
        },
      )
      assert.equal(hook.status, 200)
    }
    const wanted = [...waiting, ...known]
    for (const person of wanted)
      await until('a turn meets a closed door', async () =>
        (await story(person)).turns.some(({ lastError }) => lastError?.startsWith('n8n was not reached')),
      )
    // How long n8n is away is what this test is about; nothing is waited for here.
    await sleep(Math.max(0, outage.seconds * 1000 - (Date.now() - began)))
    for (const person of waiting) assert.deepEqual(await chat(person), [])
    await system.processes.n8n!.start()
    const back = Date.now()
    // Their hooks met a closed door: polling finds the leads within a minute.
    const limit = 120 + 4 * (outage.leads + outage.writers)
    for (const person of waiting)
      await until('the first message', async () => ((await chat(person)).length > 0 ? true : null), limit)
    for (const person of known) {
      await until(
        'the answer',
        async () =>
          repliesAfter(await chat(person), 'Здравствуйте, расскажите подробнее').length > 0 ? true : null,
        limit,
      )
    }
    t.diagnostic(
      `${outage.leads} leads and ${outage.writers} writers served ${Math.round((Date.now() - back) / 1000)} s after n8n was back`,
    )
    for (const person of wanted) await settled(person)
    for (const person of waiting) assert.equal((await chat(person)).length, 1)
    for (const person of known)
      assert.equal((await chat(person)).filter((line) => line.from === 'seller').length, 2)
  })

  test('two API processes: the account is held by one, and moves to the other when it dies', async () => {
    const openConnections = async () =>
      (
        (await ask(`${system.urls.telegram}/_sim/journal`)).body as {
          entries: { kind: string; what?: string }[]
        }
      ).entries
        .filter((entry) => entry.kind === 'connection')
        .reduce((open, entry) => open + (entry.what === 'open' ? 1 : -1), 0)
    const { service: second } = await startSecondApi(system)
    try {
      await until('the second process waits for the account', () => waitsForAccount(system.databaseUrl))
      assert.equal(await openConnections(), 1)
      const person = await newLead()
      await greeted(person)
      await system.processes.api!.kill()
      // n8n still talks to the first address: it comes back, without the account.
      await system.processes.api!.start()
      await say(person, 'Вы ещё здесь?')
      await until(
        'the reply of the other process',
        async () => (repliesAfter(await chat(person), 'Вы ещё здесь?').length > 0 ? true : null),
        40,
      )
      await settled(person)
      assert.equal(repliesAfter(await chat(person), 'Вы ещё здесь?').length, 1)
      assert.equal(await openConnections(), 1)
    } finally {
      await second.stop()
    }
  })

  test('executions of n8n are heard of once a minute: /ready and the page Health know that they run', async () => {
    const token = system.config.settings.API_TOKEN
    await until(
      'a beat of calendar-sync',
      async () =>
        ((await ask(`${system.urls.api}/ready`, { token })).body as { worker: { ok: boolean } }).worker.ok,
      120,
    )
  })
})

/** Whether a process asked for the lock of an account that another one has. */
async function waitsForAccount(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `select from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and not l.granted and a.query like 'select pg_advisory_lock(hashtextextended(''telegram account%'`,
    )
    return rowCount === 1
  } finally {
    await client.end()
  }
}
