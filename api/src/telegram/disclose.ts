import type { TurnKind } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { type Lead, lockLead } from '../leads/lead.ts'
import type { OutboxRow } from '../outbox/deliver.ts'
import type { TelegramPayload } from '../outbox/enqueue.ts'

/** A message, as far as it counts here: whether the lead was told before, and by which kind of turn it is said. */
export type Spoken = { author: string; told: boolean; kind: TurnKind | null }
/** The text to send. `isTold`: nothing is to be noted about it. */
export type Disclosed = { text: string; isTold: boolean }

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').toLowerCase()

/**
 * The first words that the assistant says to a lead tell that an assistant says them, whatever the model wrote: what is missing
 * is added, for good, so that a repeated send has the same text. Where the lead began (a bot, a secretary) it stands before our first
 * answer, with who writes.
 */
export async function withDisclosure(
  app: App,
  row: OutboxRow<TelegramPayload>,
  lead: Lead,
  { author, told, kind }: Spoken,
): Promise<Disclosed> {
  const { messageId, text } = row.payload
  const language = lead.language ?? app.business.language
  const { name, seller, disclosure: disclosures } = app.business.company
  const disclosure = disclosures[language]
  if (author !== 'ai' || told) return { text, isTold: true }
  if (plain(text).includes(plain(disclosure))) return { text, isTold: false }
  const whole =
    kind === 'answer'
      ? `${texts[language].lead.whoWrites({ company: name[language], seller: seller[language] })} ${disclosure}\n\n${text}`
      : `${text}\n\n${disclosure}`
  await inTransaction(app.db, async (tx) => {
    await lockLead(tx, lead.id)
    await tx.query('update messages set text = $2 where id = $1', [messageId, whole])
    await tx.query(
      `update outbox set payload = jsonb_set(payload, '{text}', to_jsonb($2::text)) where id = $1`,
      [row.id, whole],
    )
  })
  return { text: whole, isTold: false }
}

/** Notes that the lead has been told, once words of the assistant were delivered. */
export const noteDisclosed = (app: Ports<'db'>, messageId: number) =>
  app.db.query(
    `update leads set disclosed_at = now()
     where disclosed_at is null and id = (select lead_id from messages where id = $1 and author = 'ai')`,
    [messageId],
  )
