import assert from 'node:assert/strict'
import type { ITelegramStorageProvider, TelegramClient } from '@mtcute/node'
import type { JournalEntry } from '../shared/journal.ts'
import { type ServerInfo, createClient, logIn, readServerInfo } from './connect-client.ts'
import { type TelegramOptions, type TelegramSimulator, startTelegram } from './start.ts'
import type { Person } from './world/state.ts'

/** A test, or the whole file: what ends with it. */
export type EndsLater = { after: (end: () => Promise<void>) => void }

export type TestWorld = {
  simulator: TelegramSimulator
  server: ServerInfo
  /** A control request; fails the test when it is not answered with 2xx. */
  control: <Answer = unknown>(path: string, body?: unknown, method?: string) => Promise<Answer>
  addPerson: (person: Partial<Person>) => Promise<Person>
  journal: (kind: string) => Promise<JournalEntry[]>
  fault: (match: object, fault: object, times?: number) => Promise<unknown>
  client: (storage?: ITelegramStorageProvider) => TelegramClient
  loggedIn: (storage?: ITelegramStorageProvider) => Promise<TelegramClient>
}

/** A simulator on free ports for one test; it and its clients are gone when the test ends. */
export async function openTestWorld(
  t: EndsLater,
  options: Partial<TelegramOptions> = {},
): Promise<TestWorld> {
  const simulator = await startTelegram({ port: 0, controlPort: 0, ...options })
  const clients: TelegramClient[] = []
  t.after(async () => {
    for (const client of clients) await client.destroy()
    await simulator.close()
  })
  const server = await readServerInfo(simulator.url)

  const control = async <Answer>(path: string, body?: unknown, method = body ? 'POST' : 'GET') => {
    const response = await fetch(`${simulator.url}/_sim/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    assert.ok(response.ok, `${method} ${path}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as Answer
  }
  const client = (storage?: ITelegramStorageProvider) => {
    const created = createClient(server, storage)
    created.onError.add(() => {})
    clients.push(created)
    return created
  }

  return {
    simulator,
    server,
    control,
    client,
    addPerson: (person) => control('people', { firstName: 'Anna', ...person }),
    fault: (match, fault, times = 1) => control('faults', { match, fault, times }),
    journal: async (kind) => {
      const { entries } = await control<{ entries: JournalEntry[] }>('journal')
      return entries.filter((entry) => entry.kind === kind)
    },
    loggedIn: async (storage) => {
      const created = client(storage)
      await logIn(created, server)
      return created
    },
  }
}

/** Polls until `get` gives something truthy, and returns it. @throws after a minute */
export async function until<Value>(
  get: () => Value | Promise<Value>,
  what: string,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const value = await get()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Texts of new messages, in the order in which the client reports them. */
export function inbox(client: TelegramClient): string[] {
  const texts: string[] = []
  client.onNewMessage.add((message) => {
    if (!message.isOutgoing) texts.push(message.text)
  })
  return texts
}
