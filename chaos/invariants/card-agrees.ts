import { isFinal, isOf, readBookings } from './calendar-history.ts'
import { isLine } from '../lines.ts'
import { checkEach, type Invariant, type Violation } from './invariant.ts'
import { readStories } from './story.ts'

/** The simulator's statuses, as its README names them. */
const status = { contacted: 3003, qualified: 3004, booked: 3005, lost: 143 }

/** The card in the CRM says the meeting that is on the calendar, or none, and the stage that the last outcome means. */
export const cardAgrees: Invariant = {
  name: 'the CRM agrees with the last outcome',
  check(observed) {
    const { amocrm, google } = observed.journals
    const bookings = readBookings(google).filter(isFinal)
    return checkEach(readStories(observed), ({ member, lines }): Violation[] => {
      const changes = amocrm.filter(
        (entry) => entry.kind === 'lead.updated' && entry['leadId'] === member.leadId,
      )
      const last = (field: string) => {
        const change = changes.findLast((entry) => field in (entry['changes'] as object))
        return {
          n: change?.n,
          value: (change?.['changes'] as Record<string, unknown> | undefined)?.[field] ?? null,
        }
      }
      const [stage, meetingAt] = [last('status_id'), last('MEETING_AT')]
      const meeting = bookings.find(isOf(member.name))
      const wrong = (what: string, at?: number): Violation => ({
        what: `${member.name} (${member.character}, lead ${member.leadId}): ${what}`,
        where: at === undefined ? [] : [`amocrm#${at}`],
      })
      const violations: Violation[] = []
      const instant = toInstant(meetingAt.value)
      if (instant !== (meeting?.start ?? null)) {
        violations.push(
          wrong(
            `MEETING_AT is ${iso(instant)}, the calendar says ${iso(meeting?.start ?? null)}`,
            meetingAt.n,
          ),
        )
      }
      if ((stage.value === status.booked) !== (meeting !== undefined)) {
        violations.push(
          wrong(`status ${String(stage.value)} ${meeting ? 'with' : 'without'} a meeting`, stage.n),
        )
      }

      const outcome = lines.findLast(({ from }) => from === 'ai')?.thought?.action
      const isOver = lines.some(
        ({ from, text }) => from === 'human' || (from === 'person' && isLine('opt_out', text)),
      )
      if (isOver || meeting || !outcome) return violations
      const expected = outcome === 'close' ? [status.lost] : [status.contacted, status.qualified]
      if (outcome !== 'handoff' && !expected.includes(Number(stage.value))) {
        violations.push(wrong(`status ${String(stage.value)} after ${outcome}`, stage.n))
      }
      if (
        outcome === 'handoff' &&
        !amocrm.some((entry) => entry.kind === 'task' && entry['leadId'] === member.leadId)
      ) {
        violations.push(wrong('handed to a human without a task'))
      }
      return violations
    })
  },
}

/** amoCRM keeps unix seconds. */
function toInstant(value: unknown): number | null {
  if (value === null || value === '') return null
  return typeof value === 'number' ? value * 1000 : Date.parse(String(value))
}
const iso = (instant: number | null) => (instant === null ? 'empty' : new Date(instant).toISOString())
