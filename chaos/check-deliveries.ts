import type { KillableSystem } from './killable-system.ts'
import type { CastMember } from './play-people.ts'
import type { Violation } from './invariants/invariant.ts'

type Told = {
  deliveries: { id: number; channel: string; state: string; lastError: string | null }[]
  turns: { id: number; kind: string; state: string; lastError: string | null }[]
}

/** A failed turn is none of them: no trouble may use one up. */
const over = new Set(['done', 'cancelled', 'dead', 'superseded'])

/** By our API: everything is delivered, cancelled, or a dead letter with its reason, and no turn is open or used up. */
export async function checkDeliveries(system: KillableSystem, cast: CastMember[]) {
  const violations: Violation[] = []
  let checked = 0
  let dead = 0
  for (const { leadId, name } of cast) {
    const response = await fetch(`${system.urls.api}/conversation/${leadId}`, {
      headers: { authorization: `Bearer ${system.config.settings.API_TOKEN}` },
    })
    if (!response.ok) {
      violations.push({ what: `${name}: the API answers ${response.status} for lead ${leadId}`, where: [] })
      continue
    }
    const { deliveries, turns } = (await response.json()) as Told
    checked += deliveries.length + turns.length
    for (const { id, channel, state, lastError } of deliveries) {
      if (state === 'dead') dead += 1
      if (!over.has(state))
        violations.push({
          what: `${name}: delivery ${id} to ${channel} is ${state}: ${lastError ?? ''}`,
          where: [],
        })
      if (state === 'dead' && !lastError)
        violations.push({ what: `${name}: dead letter ${id} without a reason`, where: [] })
    }
    for (const { id, kind, state, lastError } of turns) {
      if (!over.has(state))
        violations.push({ what: `${name}: turn ${id} (${kind}) is ${state}: ${lastError ?? ''}`, where: [] })
    }
  }
  return { checked, violations, dead }
}
