import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { hearAnswerToStop } from '../hearing/stop/hear-answer.ts'
import { hearTongue } from '../hearing/hear-language.ts'
import { asksErasure } from '../hearing/stop/hear-erasure.ts'
import { hearStop } from '../hearing/stop/hear-stop.ts'
import { hearWhere } from '../hearing/zone/hear-zone.ts'
import { askForErasure } from '../leads/ask-for-erasure.ts'
import { knowZone, learnLanguage } from '../leads/know-lead.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import { optOutAccount } from '../leads/opt-out-account.ts'

/**
 * Takes what code alone hears in new words of the lead (written, spoken, or changed): their language and zone from now on, so that this
 * very answer is in it, and a clear wish that we stop, at once. @returns whether the lead opted out
 */
export async function hearLead(
  app: Ports<'business'>,
  tx: PoolClient,
  leadId: number,
  text: string,
): Promise<boolean> {
  const lead = await requireLead(findLead(tx, leadId))
  const tongue = hearTongue(text)
  const said = tongue && (tongue === 'ru' ? 'ru' : 'en')
  if (said) await learnLanguage(tx, lead, { language: said, source: 'said' })
  const where = hearWhere(text)
  if (where) await knowZone(tx, leadId, { zone: where.zone, source: where.by === 'place' ? 'said' : 'clock' })
  const answer = lead.stop_asked_at ? hearAnswerToStop(text) : null
  if (hearStop(text) === 'yes' || answer === 'stop') {
    await optOutAccount(tx, {
      leadId,
      language: said ?? lead.language ?? app.business.language,
      source: 'words',
    })
    if (asksErasure(text)) await askForErasure(app, tx, leadId)
    return true
  }
  if (answer === 'go on') await tx.query('update leads set stop_asked_at = null where id = $1', [leadId])
  return false
}
