import { type Decision, intents, type Proposal, wants } from '@lead/contract'
import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Language } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { decisionByCode } from './decision-by-code.ts'

/** Of the lead's words in what people read about them. */
const longestQuote = 300

/** Why nothing at all is answered, for the turn that ends here. */
export type Silence = { silent: string }

/**
 * What code does by itself with some labels, whatever the models say: who complains or is somebody else is handed to a human with our own
 * words, abuse and advertising get no answer, and a machine's answer is waited out. Each leaves one record that people see.
 * @param said the lead's newest messages
 */
export async function answerByIntent(
  { business }: Ports<'business'>,
  tx: PoolClient,
  { leadId, turnId, language }: { leadId: number; turnId: number; language: Language },
  proposal: Proposal,
  said: string[],
): Promise<Decision | Silence | null> {
  const { classification } = proposal
  if (!classification) return null
  const quote = said.join(' / ').replaceAll(/\s+/g, ' ').slice(0, longestQuote)
  const forPeople = texts[business.language]
  // A complaint beside another wish is one all the same; abuse beside a question is a rude question.
  const handed = wants(classification).find((one) => intents[one].byCode === 'hand over')
  if (handed) {
    const { lead } = texts[language]
    const { saidByCode } = forPeople.card
    return handed === 'wrong_person'
      ? decisionByCode(proposal, {
          reply: lead.wrongPerson,
          action: 'handoff',
          note: saidByCode.wrongPerson(quote),
        })
      : decisionByCode(proposal, {
          reply: lead.complained,
          action: 'handoff',
          note: saidByCode.complained(quote),
        })
  }
  const { byCode } = intents[classification.intent]
  if (byCode !== 'fall silent' && byCode !== 'wait for other words') return null
  const isMachine = byCode === 'wait for other words'
  const reason = isMachine ? 'a machine answered' : 'abuse or advertising'
  await setControl(tx, leadId, {
    control: isMachine ? 'paused' : 'human',
    source: isMachine ? 'loop' : 'decision',
    by: 'system',
    reason,
    turnId,
  })
  await enqueue(tx, {
    leadId,
    turnId,
    channel: 'amocrm',
    key: `turn:${turnId}:silent`,
    payload: {
      kind: 'task',
      text: isMachine ? forPeople.task.autoReply(quote) : forPeople.task.abuse(quote),
      dueInMin: 60,
    },
  })
  await audit(tx, {
    actor: 'ai',
    action: 'turn.left_unanswered',
    leadId,
    turnId,
    details: { reason, intent: classification.intent, confidence: classification.confidence },
  })
  return { silent: reason }
}
