import { type TurnLease, vendors } from '@lead/contract'
import type { App, Ports } from '../app.ts'
import { askedOnce } from '../calendar/ask-once.ts'
import { loseCalendar } from '../calendar/calendar-access.ts'
import { isDeadCredential } from '../calendar/judge-trouble.ts'
import { noteFailure } from '../outages/note-failure.ts'
import { probeAfterMs } from '../outages/services.ts'
import { isAway } from '../outages/who-is-away.ts'
import { holdTurn } from './engine/engine.ts'
import { giveBackTurn } from './give-back-turn.ts'

export type TurnFailure = { reason: string; service?: 'models' | 'google' | undefined }

/**
 * A try of a turn ended without a result. While the service that it needed is away, the turn waits for it, which is no try; whatever else
 * it was, the turn is tried again and in the end a human has it.
 */
export async function failTurn(app: App, lease: TurnLease, failure: TurnFailure): Promise<void> {
  const { service } = failure
  const reason = service === 'models' ? await withAbsent(app, failure.reason) : failure.reason
  if (service === 'google') {
    await askedOnce(app, lease.turnId)
    // Only of the node that asked Google: other reasons may quote what people and models wrote.
    if (isDeadCredential(reason)) {
      await loseCalendar(app, app.db, { by: 'credential', calendarId: '', reason })
      // The next try can do without what failed.
      return giveBackTurn(app, lease, reason, 500)
    }
  }
  if (!service || !(await noteAway(app, lease, { service, reason }))) return giveBackTurn(app, lease, reason)
  await holdTurn(app.db, lease, { delayMs: probeAfterMs[service], reason, service })
  app.log.warn({ turn: lease.turnId, service, reason }, 'A turn waits for a service')
}

/** @returns whether the service is away. Of the models' vendors each call was told of already: away is who has no vendor left. */
async function noteAway(
  app: App,
  { turnId }: TurnLease,
  { service, reason }: Required<TurnFailure> & { service: 'models' | 'google' },
): Promise<boolean> {
  const { rows } = await app.db.query<{ lead_id: number }>('select lead_id from turns where id = $1', [
    turnId,
  ])
  const failure = { service, reason, leadId: rows[0]?.lead_id ?? null }
  if (service === 'google') return noteFailure(app, app.db, failure)
  for (const vendor of vendors) if (!(await isAway(app.db, vendor))) return false
  return noteFailure(app, app.db, { ...failure, atOnce: true })
}

/** A vendor that is away was not asked: why it is away belongs to the reason, too. */
async function withAbsent(app: Ports<'db'>, reason: string): Promise<string> {
  const { rows } = await app.db.query<{ reason: string }>(
    'select reason from outages where service = any($1) and probe_at is not null',
    [[...vendors]],
  )
  const absent = rows.filter((row) => !reason.includes(row.reason.split(':')[0] ?? row.reason))
  return [reason, ...absent.map((row) => row.reason)].join('; ')
}
