import type { PoolClient } from 'pg'
import type { AmocrmLead } from '../amocrm/answers.ts'
import type { App } from '../app.ts'
import { answerUnanswered } from './answer-unanswered.ts'
import type { Lead } from './lead.ts'
import { tagsOf } from './read-card.ts'
import { setControl } from './set-control.ts'
import { recordOptOut } from './stop-writing.ts'

const byTag = 'amocrm tag'

/** Tags by which people steer the seller from the card: `off` pauses it as long as the tag is there, `optOut` ends the writing. */
export async function followTags(app: App, tx: PoolClient, known: Lead, card: AmocrmLead): Promise<void> {
  const tags = tagsOf(card)
  const { off, optOut } = app.business.amocrm.tags
  if (!known.opted_out_at && tags.some((tag) => optOut.includes(tag))) {
    await recordOptOut(tx, {
      leadId: known.id,
      language: known.language ?? app.business.language,
      how: 'a tag in amoCRM',
    })
  }
  const offTag = tags.find((tag) => off.includes(tag))
  if (offTag && known.control === 'ai')
    await setControl(tx, known.id, { control: 'paused', by: byTag, reason: `the tag ${offTag}` })
  else if (!offTag && known.control === 'paused' && known.control_by === byTag) {
    await setControl(tx, known.id, { control: 'ai', by: byTag, reason: 'the tag was taken off' })
    await answerUnanswered(tx, known.id)
  }
}
