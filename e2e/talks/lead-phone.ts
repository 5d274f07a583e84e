import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../system.ts'
import type { Deed, Talk } from './talk.ts'
import type { TalkSeller } from './talk-system.ts'
import { type ChatLine, isQuiet, type LeadWatch, type Story } from './talk-view.ts'

/** Generous: on a busy machine n8n alone takes a minute for a hook. What is waited for are facts. */
const answerWithinMs = 240_000
export const settleWithinMs = 240_000
const lookEveryMs = 400
let numbers = 0

/** A person with a phone, and the lead that amoCRM has of them. */
export async function makeLead(
  urls: { telegram: string; amocrm: string },
  { person, card, title }: Pick<Talk, 'person' | 'card' | 'title'>,
  { userId }: Partial<Pick<TalkSeller, 'userId'>>,
): Promise<{ personId: number; leadId: number }> {
  numbers += 1
  const username = `talk_${process.pid}_${numbers}`
  // A mobile number of Russia tells the country, and nothing of the zone.
  const phone = person.phone ?? `+7916${String(1_000_000 + ((process.pid * 100 + numbers) % 8_999_999))}`
  const { id: personId } = await post<{ id: number }>(`${urls.telegram}/_sim/people`, {
    firstName: person.name,
    username,
    phone,
    ...(person.languageCode && { languageCode: person.languageCode }),
    ...(person.bot && { bot: true }),
  })
  const { leadId } = await post<{ leadId: number }>(`${urls.amocrm}/_sim/leads`, {
    name: card.name ?? title,
    contact: {
      name: card.contact ?? person.name,
      telegram: `@${username}`,
      ...(card.phone && { phone }),
    },
    fields: card.fields,
    by: userId,
  })
  return { personId, leadId }
}

/** The lead's hands, and those of the human seller. */
export function createPhone(url: string, watch: LeadWatch, tell: (who: string, what: string) => void) {
  const byHuman = new Set<number>()
  const told = { messages: 0, human: 0, edited: new Set<number>(), deletions: 0 }

  async function find(what: string, fits: (line: ChatLine) => boolean): Promise<ChatLine> {
    const found = (await watch.chat()).findLast(fits)
    if (!found) throw new Error(`The chat has no message ${what}`)
    return found
  }

  async function act(deed: Deed): Promise<void> {
    if ('pauseMs' in deed) return void (await sleep(deed.pauseMs))
    if ('human' in deed) {
      const { messageId } = await post<{ messageId: number }>(`${url}/seller-says`, { text: deed.human })
      byHuman.add(messageId)
      tell('human', deed.human)
      told.human += 1
    } else if ('edit' in deed) {
      const { id, text } = await find(
        `${deed.edit} of the lead`,
        (line) => line.from === 'person' && deed.edit.test(line.text),
      )
      await post(`${url}/edit`, { messageId: id, text: deed.to })
      tell('lead', `(changes "${text}" to) ${deed.to}`)
      told.edited.add(id)
    } else if ('delete' in deed) {
      const { id, text } = await find(
        `${deed.delete} of the lead`,
        (line) => line.from === 'person' && deed.delete.test(line.text),
      )
      await ask(`${url}/messages/${id}`, { method: 'DELETE' })
      tell('lead', `(deletes "${text}")`)
      told.deletions += 1
    } else if ('react' in deed) {
      const { on } = deed
      const { id } = await find(
        `${on} of ours`,
        (line) => line.from === 'seller' && (on?.test(line.text) ?? true),
      )
      await post(`${url}/react`, { messageId: id, emoji: deed.react })
      tell('lead', `(reacts) ${deed.react}`)
      told.messages += 1
    } else {
      const { replyTo } = deed
      const quoted = replyTo && (await find(String(replyTo), (line) => replyTo.test(line.text)))
      await post(`${url}/say`, {
        text: deed.text,
        ...(deed.media && { media: deed.media }),
        ...(quoted && { replyTo: quoted.id }),
      })
      const marks = [deed.media && `[${deed.media}]`, quoted && `[reply to "${quoted.text.slice(0, 40)}"]`]
      tell('lead', [...marks, deed.text].filter(Boolean).join(' '))
      told.messages += 1
    }
  }
  return { act, told, byHuman }
}
export type Phone = ReturnType<typeof createPhone>

/**
 * Waits until all that was done has been taken in, nothing is being thought or said any more, and an answer came. When there is none the
 * quiet has to last a while: a voice message is fetched before it is thought about. @returns false when that did not come in time
 */
export async function waitForAnswer(
  watch: LeadWatch,
  { told }: Phone,
  { silent, isAnswered }: { silent: boolean; isAnswered: (lines: ChatLine[]) => boolean },
): Promise<boolean> {
  let quietSince = Number.POSITIVE_INFINITY
  return waitUntil(async () => {
    const story = await watch.story()
    if (!story || !hasTakenIn(story, told) || !isQuiet(story)) {
      quietSince = Number.POSITIVE_INFINITY
      return false
    }
    if (!silent && isAnswered(await watch.chat())) return true
    quietSince = Math.min(quietSince, Date.now())
    return Date.now() - quietSince > (silent ? 2000 : 4000)
  }, answerWithinMs)
}

function hasTakenIn({ messages }: Story, told: Phone['told']): boolean {
  const count = (fits: (message: Story['messages'][number]) => unknown) => messages.filter(fits).length
  return (
    count(({ direction }) => direction === 'in') >= told.messages &&
    count(({ author }) => author === 'human') >= told.human &&
    count(({ editedAt }) => editedAt) >= told.edited.size &&
    count(({ deletedAt }) => deletedAt) >= told.deletions
  )
}

export async function waitUntil(look: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(lookEveryMs))
    if (await look()) return true
  return false
}

export async function post<Answer>(url: string, json: unknown): Promise<Answer> {
  const { status, body } = await ask(url, { json })
  if (status >= 300) throw new Error(`${url} answered ${status}: ${JSON.stringify(body)}`)
  return body as Answer
}
