import { type AskedOfUs, askedOfUs } from '@lead/contract'
import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import { hearAsked } from '../hearing/asked/hear-asked.ts'
import { type Address, hearAddress } from '../hearing/hear-address.ts'

/** As far back as the lead's way of addressing us is looked for. */
const mostLines = 30

type Line = { author: string; text: string; handled: boolean }

/** The lead's newest messages, oldest first; `handled`: we wrote since. */
export async function linesOfLead(tx: Queryable, leadId: number): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `select author, text, id < coalesce((select max(id) from messages where lead_id = $1 and direction = 'out'), 0) as handled
     from messages where lead_id = $1 and direction = 'in' and deleted_at is null order by id desc limit $2`,
    [leadId, mostLines],
  )
  return rows.toReversed()
}

/** What the new lines of the lead ask of ourselves. */
export function askedOf(lines: Line[]): AskedOfUs[] {
  const heard = new Set(
    lines
      .filter(({ author, handled }) => author === 'lead' && !handled)
      .flatMap(({ text }) => hearAsked(text)),
  )
  return askedOfUs.filter((one) => heard.has(one))
}

/** How this lead is addressed: as business.yaml says, or as their last words that tell address us. Вы where nothing tells. */
export function addressOf({ business }: Ports<'business'>, lines: Line[]): Address {
  const { address } = business.conversation
  if (address !== 'as_lead') return address
  const told = lines.filter(({ author }) => author === 'lead').map(({ text }) => hearAddress(text))
  return told.findLast((one) => one !== null) ?? 'formal'
}
