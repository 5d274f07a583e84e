import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimTurns, endTurn, scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { atOnce, type Engine, longestMs, quietMs } from './engine.ts'

/** The engine of the API, with its own statements, claimed by two loops as two API processes do: while one ends what it took, the other takes. */
export const ours: Engine = async ({ db, answer }) => {
  let isOver = false
  const work = async () => {
    const process = randomUUID()
    while (!isOver) {
      const turns = await claimTurns(db, { most: atOnce, leaseMs: 120_000, process })
      await Promise.all(
        turns.map(({ id, lead_id, fencing }) =>
          answer(lead_id, String(id), (tx) => endTurn(tx, { turnId: id, fencing }, 'done')),
        ),
      )
      if (turns.length === 0) await sleep(10)
    }
  }
  const worked = Promise.all([work(), work()])
  return {
    ring: (tx, leadId) => scheduleTurn(tx, { leadId, kind: 'answer', quietMs, longestMs }),
    stop: async () => {
      isOver = true
      await worked
    },
  }
}
