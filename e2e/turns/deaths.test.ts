import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Service } from '../../local/processes/processes.ts'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'
import { makeLead, type Person, readChat } from './new-lead.ts'

/** As long as the model thinks here: longer than the process is away takes no part in what is measured. */
const thinkMs = 3000

describe('a process that dies in the middle of a thought', () => {
  let system: System
  let count = 0
  before(async () => {
    system = await startTestSystem()
    await ask(`${system.urls.amocrm}/_sim/limits`, { json: { perSecond: null } })
  })
  after(() => system.stop())

  const says = async (person: Person) =>
    (await readChat(system, person)).filter(({ from }) => from === 'seller').length
  const thoughts = async () =>
    (
      (await ask(`${system.urls.llm}/_sim/journal`)).body as { entries: { kind: string; prompt?: string }[] }
    ).entries.filter(({ kind, prompt }) => kind === 'completion' && prompt?.startsWith('classifier/')).length
  const mode = (json: object) => ask(`${system.urls.llm}/_sim/mode`, { json })

  /** In ms: how long it takes to start, and from its death to the answer. */
  async function killInMidThought(service: Service): Promise<{ coldMs: number; answeredMs: number }> {
    await service.kill()
    const begun = Date.now()
    await service.start()
    const coldMs = Date.now() - begun

    const person = await makeLead(system, (count += 1))
    await until('the first message', async () => (await says(person)) === 1, 120)
    await mode({ mode: 'slow', delayMs: thinkMs })
    const thoughtsBefore = await thoughts()
    await ask(`${system.urls.telegram}/_sim/people/${person.id}/say`, {
      json: { text: 'Расскажите подробнее' },
    })
    await until('the model is asked', async () => (await thoughts()) > thoughtsBefore)
    await service.kill()
    const diedAt = Date.now()
    await mode({ mode: 'modest' })
    await service.start()
    await until('the answer', async () => (await says(person)) === 2, 120)
    return { coldMs, answeredMs: Date.now() - diedAt }
  }

  // Ratios are said and not asserted: what else runs on the machine decides on them.
  test('n8n: its death is known by its connection, and the lead is answered after its start', async (t) => {
    const { coldMs, answeredMs } = await killInMidThought(system.processes.n8n!)
    t.diagnostic(`n8n: cold start ${coldMs} ms, answered ${answeredMs} ms after its death`)
    const log = readFileSync(system.processes.api!.logFile, 'utf8')
    assert.match(log, /A process of n8n died; its turns are dispatched again/)
  })

  test('API: the lead is answered after its start, and the thought goes on', async (t) => {
    const thoughtsBefore = await thoughts()
    const { coldMs, answeredMs } = await killInMidThought(system.processes.api!)
    t.diagnostic(
      `API: cold start ${coldMs} ms, answered ${answeredMs} ms after its death, thinking ${thinkMs} ms`,
    )
    assert.equal(await thoughts(), thoughtsBefore + 1)
  })
})
