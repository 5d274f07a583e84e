import type { PoolClient } from 'pg'
import type { AmocrmLead } from '../amocrm/answers.ts'
import type { Ports } from '../app.ts'
import { answerUnanswered } from './answer-unanswered.ts'
import type { Lead } from './lead.ts'
import { tagsOf } from './read-card.ts'
import { setControl } from './set-control.ts'
import { optOut } from './stop-writing.ts'

/** Tags by which people steer the assistant from the card: `off` pauses it as long as the tag is there, `optOut` ends the writing. */
export async function followTags(
  app: Ports<'business'>,
  tx: PoolClient,
  known: Lead,
  card: AmocrmLead,
): Promise<void> {
  const tags = tagsOf(card)
  const steering = app.business.amocrm.tags
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
