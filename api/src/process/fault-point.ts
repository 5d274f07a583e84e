import { readFileSync, unlinkSync } from 'node:fs'

/** Every place between two steps of the turn protocol where the chaos harness can kill this process. */
export const faultPoints = [
  'inbox.stored',
  'inbox.understood',
  'turn.claimed',
  'turn.dispatched',
  'journal.before-commit',
  'journal.committed',
  'calendar.before-commit',
  'calendar.committed',
  'act.before-commit',
  'turn.completed',
  'outbox.claimed',
  'telegram.sent',
  'amocrm.written',
  'outbox.settled',
  'telegram.received',
  'session.saved',
  'bot.send-noted',
] as const
export type FaultPoint = (typeof faultPoints)[number]

const armFile = process.env['FAULT_POINT_FILE']

/**
 * Nothing, unless FAULT_POINT_FILE is set and that file names this point: then the process dies on the spot, as by kill -9,
 * and the file is gone.
 */
export function faultPoint(name: FaultPoint): void {
  if (armFile === undefined) return
  try {
    if (readFileSync(armFile, 'utf8').trim() !== name) return
    // Of two processes that come by at once only the one that removes it dies.
    unlinkSync(armFile)
  } catch {
    return
  }
  process.kill(process.pid, 'SIGKILL')
}
