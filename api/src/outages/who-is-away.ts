import type { Queryable } from '../database/pool.ts'
import { probeAfterMs, type Service } from './services.ts'

/** Which of these may not be asked now. Of those that are away, each is given to one who asks when its time has come: the probe. */
export async function whoIsAway<Name extends Service>(db: Queryable, names: Name[]): Promise<Set<Name>> {
  const { rows } = await db.query<{ service: Name; due: boolean }>(
    `select service, probe_at <= now() as due from outages where service = any($1) and probe_at is not null`,
    [names],
  )
  const away = new Set<Name>()
  for (const { service, due } of rows) if (!due || !(await takeProbe(db, service))) away.add(service)
  return away
}

/** Of several who come at once, one gets it. */
async function takeProbe(db: Queryable, service: Service): Promise<boolean> {
  const { rowCount } = await db.query(
    `update outages set probe_at = now() + make_interval(secs => $2::float8 / 1000)
     where service = $1 and probe_at <= now()`,
    [service, probeAfterMs[service]],
  )
  return rowCount === 1
}

export const isAway = async (db: Queryable, service: Service): Promise<boolean> => {
  const { rowCount } = await db.query('select from outages where service = $1 and probe_at is not null', [
    service,
  ])
  return rowCount === 1
}

/** What the work of turns found away, told or not yet, with the reason. */
export async function knownOutages(db: Queryable): Promise<{ service: Service; reason: string }[]> {
  const { rows } = await db.query<{ service: Service; reason: string }>(
    'select service, reason from outages where probe_at is not null order by service',
  )
  return rows
}

/** What people are told of, with the reason: what is away for too long, or needs one of them. */
export async function toldOutages(db: Queryable): Promise<Map<Service, string>> {
  const { rows } = await db.query<{ service: Service; reason: string }>(
    'select service, reason from outages where alerted_at is not null',
  )
  return new Map(rows.map(({ service, reason }) => [service, reason]))
}
