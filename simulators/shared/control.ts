import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Fault, type Faults, faultSchema } from './faults.ts'
import type { Journal } from './journal.ts'
import { refuseStrangers } from './refuse-strangers.ts'

export type Control = {
  journal: Journal
  faults: Faults
  /** Empties the simulated world (people, leads, events); the journal and the faults are emptied by the route itself. */
  reset: () => void | Promise<void>
}

declare module 'fastify' {
  interface FastifyRequest {
    fault?: Fault
  }
}

/**
 * The control API that all simulators share, under `/_sim/`, and the faults for their own HTTP routes. Bad control
 * input is answered with 400 problem+json that names the field.
 */
export function addControl(app: FastifyInstance, control: Control): void {
  refuseStrangers(app)
  app.get<{ Querystring: { since?: string } }>('/_sim/journal', (request) => {
    const entries = control.journal.since(Number(request.query.since ?? 0) || 0)
    return { entries, last: control.journal.entries.at(-1)?.n ?? 0 }
  })

  app.get('/_sim/faults', () => control.faults.list())

  app.post('/_sim/faults', (request, reply) => {
    const rules = parseControl(
      z.union([z.array(faultSchema), faultSchema.transform((one) => [one])]),
      request,
      reply,
    )
    if (!rules) return reply
    control.faults.add(rules)
    return { added: rules.length }
  })

  app.delete('/_sim/faults', (_request, reply) => {
    control.faults.clear()
    return reply.code(204).send()
  })

  app.post('/_sim/reset', async (_request, reply) => {
    control.faults.clear()
    await control.reset()
    control.journal.clear()
    return reply.code(204).send()
  })

  app.addHook('preHandler', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (path.startsWith('/_sim/') || path === '/' || path.startsWith('/page/')) return
    const fault = control.faults.take({ method: request.method, path: decodeURIComponent(path) })
    if (!fault) return
    request.fault = fault
    if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if (fault.drop) {
      reply.hijack()
      request.raw.socket.destroy()
    } else if (fault.status) {
      await reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .send(fault.body ?? '')
    }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.fault?.close) return payload
    reply.hijack()
    request.raw.socket.destroy()
    return payload
  })
}

/** Validates the body of a control request; on bad input answers 400 problem+json itself and returns undefined. */
export function parseControl<Schema extends z.ZodType>(
  schema: Schema,
  request: FastifyRequest,
  reply: FastifyReply,
): z.output<Schema> | undefined {
  const result = schema.safeParse(request.body ?? {})
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join('.'), detail: issue.message }))
  void reply
    .code(400)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: 'Bad control request', status: 400, errors })
  return undefined
}
