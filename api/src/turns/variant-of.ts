import { createHash } from 'node:crypto'
import { salesVersion } from '@lead/contract'
import type { Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'

type Port = Ports<'business' | 'config' | 'db'>
type Known = Pick<Lead, 'id' | 'variant'>

/** Which prompt a lead gets, out of its id and the name alone: the same whoever asks, and another half in another experiment. */
export const drawVariant = (experiment: { name: string; share: number }, leadId: number): 'a' | 'b' => {
  const drawn = createHash('sha256').update(`${experiment.name}/${leadId}`).digest().readUInt32BE(0) / 2 ** 32
  return drawn * 100 < experiment.share ? 'b' : 'a'
}

/**
 * The prompt that takes the place of the sales step's own; null: that one stays. A lead is drawn before its first answer, and keeps what it
 * was drawn for whatever the share becomes: who has talked with one prompt already would say nothing of the other.
 */
export async function salesPromptFor(app: Port, lead: Known): Promise<string | null> {
  const variant = lead.variant ?? (await draw(app, lead.id))
  return hasSecond(app, variant) ? app.business.variantPrompt : null
}

/** The name of the prompt that a decision was made with. */
export const promptName = (app: Pick<Port, 'business' | 'config'>, { variant }: Known): string =>
  hasSecond(app, variant) ? `${salesVersion} ${variant}` : salesVersion

/** An experiment that is over, or an agent, which has its prompt in n8n, goes on with the prompt of docs/. */
const hasSecond = (
  { business, config }: Pick<Port, 'business' | 'config'>,
  variant: string | null,
): boolean =>
  business.experiment !== null &&
  config.turnWorkflow === 'lead-processing' &&
  variant === `${business.experiment.name}/b`

async function draw(app: Port, leadId: number): Promise<string | null> {
  const { experiment } = app.business
  if (!experiment || app.config.turnWorkflow !== 'lead-processing') return null
  const { rows } = await app.db.query<{ variant: string }>(
    `update leads set variant = $2 where id = $1 and variant is null
       and not exists (select from turns where lead_id = $1 and decided_at is not null) returning variant`,
    [leadId, `${experiment.name}/${drawVariant(experiment, leadId)}`],
  )
  return rows[0]?.variant ?? null
}
