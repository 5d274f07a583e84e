import type { GoogleAnswer } from '@lead/contract'
import type { Ports } from '../app.ts'
import { judgeTrouble } from '../calendar/judge-trouble.ts'
import type { Queryable } from '../database/pool.ts'
import { noteFailure } from './note-failure.ts'
import { noteSuccess } from './note-success.ts'

/** What an answer of Google says about Google itself: whatever it says, it is there, unless it asks to come back later. */
export async function noteGoogle(
  app: Ports<'business' | 'log' | 'wake'>,
  db: Queryable,
  answer: GoogleAnswer,
  leadId: number | null = null,
): Promise<void> {
  const trouble = judgeTrouble(answer)
  if (trouble?.next === 'later')
    await noteFailure(app, db, { service: 'google', reason: trouble.reason, leadId })
  else if (answer.status > 0) await noteSuccess(app, db, 'google')
}
