import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { addControl } from '../shared/control.ts'
import { createFaults } from '../shared/faults.ts'
import { createJournal } from '../shared/journal.ts'
import { addPage } from '../shared/page.ts'
import { openStateFile } from '../shared/state-file.ts'
import { addModeRoutes } from './mode-routes.ts'
import { addAnthropicMessages } from './wire/anthropic-messages.ts'
import { addCompatible } from './providers/compatible.ts'
import { addGigachat } from './providers/gigachat.ts'
import { addErrors } from './wire/errors.ts'
import { addModels } from './wire/models.ts'
import { addOpenAiChat } from './wire/openai-chat.ts'
import { addOpenAiResponses } from './wire/openai-responses.ts'
import { addRequestJournal } from './wire/request-journal.ts'
import { type Sim, emptyWorld } from './world.ts'

export type LlmOptions = {
  /** 0 is any free port. */
  port: number
  /** Default 127.0.0.1. */
  host?: string
  stateFile?: string
  /** Picks the wording of the assistant's texts; default 1. */
  seed?: number
}

/**
 * Starts the LLM simulator: OpenAI (`<url>/v1`) and Anthropic (`<url>`) on one port.
 * @throws when the port is taken or the state file is not JSON
 */
export async function startLlm(
  options: LlmOptions,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const { port, host = '127.0.0.1', stateFile, seed = 1 } = options
  const file = openStateFile(stateFile, emptyWorld)
  const world = file.state
  const journal = createJournal(world.journal, file.changed)
  // A world of before there was a bill.
  world.bill ??= {}
  const sim: Sim = { world, journal, seed, cache: new Map() }

  const app: FastifyInstance = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 16 * 1024 * 1024,
  })
  addRequestJournal(app, journal)
  addControl(app, {
    journal,
    faults: createFaults(),
    reset: () => void Object.assign(world, emptyWorld(), { journal: world.journal }),
  })
  addErrors(app, journal)
  addModeRoutes(app, world, file.changed)
  addModels(app)
  addOpenAiChat(app, sim)
  addOpenAiResponses(app, sim)
  addAnthropicMessages(app, sim)
  addGigachat(app, journal)
  addCompatible(app, journal)
  addPage(app, join(import.meta.dirname, 'page'), ['page.js', 'page.css'])

  const url = await app.listen({ port, host })
  return {
    url,
    port: Number(new URL(url).port),
    async close() {
      await app.close()
      file.flush()
    },
  }
}
