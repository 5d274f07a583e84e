import type { PoolClient } from 'pg'
import type { AmocrmLead } from '../amocrm/answers.ts'
import type { Ports } from '../app.ts'
import { answerUnanswered } from './answer-unanswered.ts'
import type { Lead } from './lead.ts'
import { isWorked } from './only-thought.ts'
import { tagsOf } from './read-card.ts'
import { setControl } from './set-control.ts'
import { optOut } from './stop-writing.ts'

/** Tags by which people steer the assistant from the card: `off` pauses it as long as the tag is there, `optOut` ends the writing. */
export async function followTags(
  app: Ports<'business' | 'mode'>,
  tx: PoolClient,
  known: Lead,
  card: AmocrmLead,
): Promise<void> {
  const tags = tagsOf(card)
  const steering = app.business.amocrm.tags
  await followGuestTag(app, tx, known, tags)
  if (!known.opted_out_at && tags.some((tag) => steering.optOut.includes(tag))) {
    await optOut(tx, {
      leadId: known.id,
      language: known.language ?? app.business.language,
      source: 'tag',
    })
  }
  const offTag = tags.find((tag) => steering.off.includes(tag))
  if (offTag && known.control === 'ai')
    await setControl(tx, known.id, {
      control: 'paused',
      source: 'tag',
      by: 'amocrm',
      reason: `the tag ${offTag}`,
    })
  else if (!offTag && known.control === 'paused' && known.control_source === 'tag') {
    const reason = 'the tag was taken off'
    await setControl(tx, known.id, { control: 'ai', source: 'tag', by: 'amocrm', reason })
    await answerUnanswered(tx, known.id)
  }
}

/** Who becomes a guest is begun with, or answered, as after a pause. */
async function followGuestTag(
  app: Ports<'business' | 'mode'>,
  tx: PoolClient,
  known: Lead,
  tags: string[],
): Promise<void> {
  const isGuest = tags.some((tag) => app.business.guests.tags.includes(tag))
  if (isGuest === known.has_guest_tag) return
  const wasWorked = isWorked(app, known)
  await tx.query('update leads set has_guest_tag = $2, updated_at = now() where id = $1', [known.id, isGuest])
  if (isGuest && !wasWorked && known.control === 'ai') await answerUnanswered(tx, known.id)
}
