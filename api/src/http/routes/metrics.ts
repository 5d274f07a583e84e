import { z } from 'zod'
import type { App } from '../../app.ts'
import { writeMetrics } from '../../metrics/write-metrics.ts'
import type { Server } from '../server-type.ts'

/** /metrics for Prometheus, which sends the token as `authorization: Bearer`. */
export function addMetrics(server: Server, app: App): void {
  server.get(
    '/metrics',
    {
      schema: {
        summary: 'Every promise as Prometheus reads it: ages, times, queues, states. No personal data',
        security: [{ token: [] }],
        response: { 200: z.string() },
      },
    },
    async (_request, reply) => {
      reply.type('text/plain; version=0.0.4; charset=utf-8')
      return writeMetrics(app)
    },
  )
}
