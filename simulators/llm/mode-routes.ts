import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../shared/control.ts'
import { attackNames } from './brain/attacks.ts'
import type { Vendor } from './brain/model-request.ts'
import type { World } from './world.ts'

const vendors: Vendor[] = ['openai', 'anthropic']
/** Without it: both. */
const vendor = z.enum(vendors).optional()
const plain = ['modest', 'broken', 'refusing', 'short', 'empty', 'hanging', 'unpaid', 'locked'] as const
const modeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.enum(plain), vendor }),
  z.strictObject({ mode: z.literal('hostile'), attack: z.enum(attackNames).optional(), vendor }),
  z.strictObject({ mode: z.literal('slow'), delayMs: z.number().int().min(0).max(600_000), vendor }),
  z.strictObject({ mode: z.literal('overloaded'), forMs: z.number().int().positive().optional(), vendor }),
])

/** GET and POST /_sim/mode, GET /_sim/bill. */
export function addModeRoutes(app: FastifyInstance, world: World, changed: () => void): void {
  app.get('/_sim/bill', () => world.bill)
  app.get('/_sim/mode', () => world.modes)
  app.post('/_sim/mode', (request, reply) => {
    const parsed = parseControl(modeSchema, request, reply)
    if (!parsed) return reply
    const { vendor: only, ...given } = parsed
    const { forMs, ...mode } = { forMs: undefined, ...given }
    for (const one of vendors)
      if (!only || only === one)
        world.modes[one] = { ...mode, ...(forMs === undefined ? {} : { until: Date.now() + forMs }) }
    changed()
    return world.modes
  })
}
