import type { App } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import type { Language, Lead } from '../leads/lead.ts'
import type { RunningTurn } from './engine/engine.ts'

const who: Record<Language, (company: string, seller: string) => string> = {
  ru: (company, seller) => `Вам отвечает «${company}», ${seller}.`,
  en: (company, seller) => `This is ${company}, for ${seller}.`,
}

/**
 * Our first message says that an assistant writes. When we begin, the first touch says so by itself; where the lead begins (a bot,
 * a secretary) it is put before our first answer.
 */
export async function discloseFirst(
  app: App,
  tx: Queryable,
  { kind }: Pick<RunningTurn, 'kind'>,
  lead: Lead,
  text: string,
): Promise<string> {
  if (app.config.telegram.mode === 'userbot' || kind !== 'answer') return text
  const { rowCount } = await tx.query(
    `select from messages m where lead_id = $1 and author = 'ai' and not exists (
       select from outbox o where o.channel = 'telegram' and o.lead_id = $1 and o.state in ('cancelled', 'dead')
         and (o.payload ->> 'messageId')::bigint = m.id) limit 1`,
    [lead.id],
  )
  if (rowCount) return text
  const language = lead.language ?? app.business.language
  const { name, seller, disclosure } = app.business.company
  return `${who[language](name[language], seller[language])} ${disclosure[language]}\n\n${text}`
}
