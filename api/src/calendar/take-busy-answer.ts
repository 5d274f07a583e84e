import type { Busy, GoogleAnswer } from '@lead/contract'
import type { Ports } from '../app.ts'
import { rememberBusy } from './busy-times.ts'
import { loseCalendar } from './calendar-access.ts'
import { noteGoogle } from '../outages/note-google.ts'
import { judgeTrouble } from './judge-trouble.ts'

/**
 * Google's answer to freeBusy: what it means for access to the calendars, and the busy times of each seller; null when it has none.
 * Without an answer nothing is offered: an unknown calendar is not a free one.
 */
export async function takeBusyAnswer(
  app: Ports<'business' | 'db' | 'cache' | 'log' | 'wake'>,
  answer: GoogleAnswer,
): Promise<Busy | null> {
  await noteGoogle(app, app.db, answer)
  const trouble = judgeTrouble(answer)
  // A single calendar that is out of reach is named inside of an answer of 200.
  if (trouble?.next === 'disconnected' && trouble.by !== 'calendar')
    await loseCalendar(app, app.db, { ...trouble, calendarId: '' })
  return answer.status === 200 ? rememberBusy(app, answer.body) : null
}
