import { isFinal, isOf, readBookings } from './calendar-history.ts'
import type { Invariant, Violation } from './invariant.ts'
import { readStories, telegram } from './story.ts'
import { asTold, toldTime } from './told-times.ts'

/** Each meeting is of exactly one lead, who was last told its time, or a human is asked to tell them; no lead was told a time that was not on the calendar. */
export const meetingsTold: Invariant = {
  name: 'meetings and what was told agree',
  check(observed) {
    const bookings = readBookings(observed.journals.google)
    const final = bookings.filter(isFinal)
    const violations: Violation[] = final
      .filter((booking) => observed.cast.filter(({ name }) => isOf(name)(booking)).length !== 1)
      .map((booking) => ({
        what: `${booking.summary} is not of exactly one lead`,
        where: [`google#${booking.n}`],
      }))
    let checked = final.length
    // An outage longer than our patience: the card has the meeting, and a task to tell the lead.
    const humanIsAsked = (leadId: number) =>
      observed.journals.amocrm.some(
        (entry) =>
          entry.kind === 'task' &&
          entry['leadId'] === leadId &&
          /клиенту о ней не написано|the lead was not told of it/.test(String(entry['text'])),
      )

    for (const { member, lines } of readStories(observed)) {
      const own = bookings.filter(isOf(member.name))
      const mine = own.filter(isFinal)
      const told = lines
        .flatMap((line) => ({ line, time: toldTime(line) }))
        .filter(({ time }) => time !== null)
      checked += told.length
      if (mine.length > 1) {
        violations.push({
          what: `${member.name} has ${mine.length} meetings`,
          where: mine.map(({ n }) => `google#${n}`),
        })
      }
      for (const { line, time } of told) {
        if (own.some(({ start, since }) => since <= line.at && asTold(start) === time)) continue
        violations.push({
          what: `${member.name} was told ${time}, which was not on the calendar`,
          where: telegram(line),
        })
      }
      for (const { n, start } of mine) {
        if (told.at(-1)?.time === asTold(start) || humanIsAsked(member.leadId)) continue
        const where = [`google#${n}`, ...telegram(...told.slice(-1).map(({ line }) => line))]
        violations.push({
          what: `${member.name} has a meeting at ${asTold(start)} and was last told ${told.at(-1)?.time ?? 'nothing'}`,
          where,
        })
      }
    }
    return { checked, violations }
  },
}
