import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../shared/control.ts'
import { attackNames } from './brain/attacks.ts'
import type { World } from './world.ts'

const modeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('modest') }),
  z.strictObject({ mode: z.literal('broken') }),
  z.strictObject({ mode: z.literal('hostile'), attack: z.enum(attackNames).optional() }),
  z.strictObject({ mode: z.literal('slow'), delayMs: z.number().int().min(0).max(600_000) }),
])

/** GET and POST /_sim/mode. */
export function addModeRoutes(app: FastifyInstance, world: World, changed: () => void): void {
  app.get('/_sim/mode', () => world.mode)
  app.post('/_sim/mode', (request, reply) => {
    const mode = parseControl(modeSchema, request, reply)
    if (!mode) return reply
    world.mode = mode
    changed()
    return mode
  })
}
