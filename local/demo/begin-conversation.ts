import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../system/system.ts'

export const channels = ['userbot', 'bot', 'secretary'] as const
/** Who talks to the lead in Telegram. */
export type Channel = (typeof channels)[number]

const linkWithinMs = 60_000

type Call = <Answer>(url: string, body?: unknown) => Promise<Answer>
type Step = { url: System['urls']; call: Call }

/** What has to be so before a lead appears: the owner of the seller's account makes the bot their secretary. */
export async function prepareChannel(channel: Channel, { url, call }: Step): Promise<void> {
  if (channel === 'secretary') await call(`${url.telegram}/_sim/business-connections`, {})
}

/**
 * Lets the lead begin where only they can: opens the link that the seller's side put onto the card, as a person would who was sent
 * it. @returns the chat it is in, undefined for the seller's own, and the link. @throws when no link came
 */
export async function beginConversation(
  channel: Channel,
  { url, call, leadId, personId }: Step & { leadId: number; personId: number },
): Promise<{ accountId?: number; link?: string }> {
  if (channel === 'userbot') return {}
  const link = await linkOfCard(`${url.amocrm}/_sim/leads/${leadId}`, call)
  const person = `${url.telegram}/_sim/people/${personId}`
  const opened = await call<{ accountId: number; draft?: string }>(`${person}/open`, { link })
  if (opened.draft) await call(`${person}/say`, { text: opened.draft, accountId: opened.accountId })
  return { accountId: opened.accountId, link }
}

async function linkOfCard(card: string, call: Call): Promise<string> {
  const end = Date.now() + linkWithinMs
  for (;;) {
    const { notes } = await call<{ notes: unknown[] }>(card)
    const link = /https:\/\/t\.me\/[^\s"\\]+/.exec(JSON.stringify(notes))?.[0]
    if (link) return link
    if (Date.now() > end) throw new Error('No link for the lead came onto the card')
    await sleep(200)
  }
}
