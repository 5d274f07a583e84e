import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { z } from 'zod'
import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { errorText } from '../text/storable.ts'
import { type Place, readEnded } from './ended-turns.ts'
import type { TelemetrySettings } from './settings.ts'
import { turnSpans } from './turn-spans.ts'

const cursorName = 'telemetry.turns'
const placeSchema = z.object({ ended: z.string(), id: z.number() })
const mostAtOnce = 50
const answerMs = 5000

export type TurnExport = {
  /** Exports the turns that ended lately, those of one call at most 50. @returns how many; 0 when another process is at it */
  step: () => Promise<number>
  close: () => Promise<void>
}

/**
 * Sends turns that have ended to a collector of OpenTelemetry, each at least once. Begins with what ends after the first call. A
 * collector that is away is waited for, said once, and holds up nothing else.
 */
export function createTurnExport(
  { db, log }: Ports<'db' | 'log'>,
  { url, headers, serviceName }: TelemetrySettings,
): TurnExport {
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: answerMs })
  let isAway = false
  const send = (spans: ReturnType<typeof turnSpans>) =>
    new Promise<void>((resolve, reject) =>
      exporter.export(spans, ({ code, error }) =>
        code === 0 ? resolve() : reject(error ?? new Error('the collector did not take it')),
      ),
    )
  const step = async () =>
    inTransaction(db, async (tx) => {
      await tx.query(
        `insert into cursors (name, value) values ($1, jsonb_build_object('ended', now()::text, 'id', 0)) on conflict (name) do nothing`,
        [cursorName],
      )
      // Held while it is sent, so that no other process sends the same.
      const { rows } = await tx.query<{ value: unknown }>(
        'select value from cursors where name = $1 for update skip locked',
        [cursorName],
      )
      if (!rows[0]) return 0
      const place: Place = placeSchema.parse(rows[0].value)
      const turns = await readEnded(tx, place, mostAtOnce)
      const last = turns.at(-1)
      if (!last) return 0
      await send(turns.flatMap((turn) => turnSpans(turn, serviceName)))
      await tx.query('update cursors set value = $2, updated_at = now() where name = $1', [
        cursorName,
        JSON.stringify({ ended: last.ended, id: last.id }),
      ])
      return turns.length
    })
  return {
    step: async () => {
      try {
        const sent = await step()
        if (isAway && sent > 0) log.info('The OpenTelemetry collector takes traces again')
        if (sent > 0) isAway = false
        return sent
      } catch (error) {
        if (!isAway) log.warn({ reason: errorText(error) }, 'The OpenTelemetry collector is away; turns wait')
        isAway = true
        return 0
      }
    },
    close: () => exporter.shutdown(),
  }
}
