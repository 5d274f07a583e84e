import type { Proposal, Refusal, TurnLease } from '@lead/contract'
import type { Ports } from '../app.ts'
import { readKnowledge } from '../knowledge/read-knowledge.ts'
import type { Lead } from '../leads/lead.ts'
import { hidePersons } from '../masking/hide-persons.ts'
import { readGreetingName } from '../person/read-greeting-name.ts'
import { storeModelCall } from '../models/record-model-call.ts'
import { askReviewer } from './ask-reviewer.ts'

/** What the reviewer said of a reply; null: it let it pass, or had nothing to say that could be used. */
export type Reviewed = { reply: string; refusal: Refusal | null }

type Port = Ports<'business' | 'config' | 'db' | 'log'>

/** How much of the knowledge it reads, in UTF-16 units. */
const mostKnowledge = 12_000
const mostMessages = 6
const longestMessage = 1000
/** So many failures in a row within so many seconds, and nobody waits for it for as long. */
const failuresInARow = 2
const restSec = 60

export const isReviewed = ({ business, config }: Pick<Port, 'business' | 'config'>): boolean =>
  config.reviewer !== null && business.review.isOn

/**
 * Has a reply reviewed, outside of any transaction and within a bounded time. A reviewer that is away, slow or unreadable lets it pass. What it
 * reads has placeholders in the place of personal words where models get those, as for the other models.
 */
export async function reviewReply(
  app: Port,
  lease: TurnLease,
  lead: Lead,
  { sales: { reply, action }, classification }: Pick<Proposal, 'sales' | 'classification'>,
): Promise<Reviewed> {
  const settings = app.config.reviewer
  const passed = { reply, refusal: null }
  if (!settings || !isReviewed(app) || (await isResting(app))) return passed
  const language = lead.language ?? app.business.language
  const { items } = await readKnowledge(app, app.db, lead)
  const { rows: said } = await app.db.query<{ text: string }>(
    `select text from messages where lead_id = $1 and direction = 'in' and deleted_at is null order by id desc limit $2`,
    [lead.id, mostMessages],
  )
  const hide = app.business.privacy.maskForModels
    ? hidePersons([lead.contact_name, readGreetingName(lead.name)], app.business.country).hide
    : (text: string) => text
  const shown = hide(reply)
  const { outcome, reason, ms, tokens, review } = await askReviewer(
    settings,
    {
      reply: shown,
      action,
      language,
      intent: classification?.intent ?? null,
      business: { company: app.business.company.name[language], offer: app.business.company.offer[language] },
      knowledge: hide(items.map(({ title, text }) => `${title}: ${text}`).join('\n')).slice(0, mostKnowledge),
      newMessages: said.toReversed().map(({ text }) => ({ text: hide(text.slice(0, longestMessage)) })),
    },
    app.business.review.withinSec * 1000,
  )
  const refusal = review?.verdict === 'refuse' ? review : null
  await storeModelCall(app, lease, {
    step: 'reviewer',
    vendor: 'reviewer',
    model: settings.model,
    outcome,
    reason,
    ms,
    tokens,
    verdict: refusal ? refusal.rule : (review?.verdict ?? null),
  })
  if (outcome !== 'ok')
    app.log.warn({ turn: lease.turnId, outcome, reason, ms }, 'The reviewer gave no verdict to use')
  return { reply, refusal }
}

/** What its last calls say; derived, so that it holds for every process and ends by itself. */
async function isResting({ db }: Ports<'db'>): Promise<boolean> {
  const { rows } = await db.query<{ outcome: string }>(
    `select outcome from model_calls where step = 'reviewer' and at > now() - make_interval(secs => $1) order by at desc limit $2`,
    [restSec, failuresInARow],
  )
  return (
    rows.length === failuresInARow &&
    rows.every(({ outcome }) => outcome !== 'ok' && outcome !== 'unreadable')
  )
}

/** For the model's next try, and for people: the rule and the words. */
export const refusalInWords = ({ rule, quote, reason }: Refusal): string =>
  `the reviewer refuses the reply, ${rule}: ${JSON.stringify(quote)}${reason ? ` (${reason})` : ''}`
