import { setTimeout as sleep } from 'node:timers/promises'
import { beginConversation, type Channel, prepareChannel } from './begin-conversation.ts'
import { type Language, texts } from '../../texts/index.ts'
import type { System } from '../system/system.ts'

/** How far the lead goes: to a booked meeting, or on to another time for it. */
export const stories = ['booking', 'reschedule'] as const
export type Story = (typeof stories)[number]

export type PlayedLead = {
  story: Story
  lang: Language
  leadId: number
  personId: number
  /** The event on the seller's calendar, or null. */
  event: { id: string; start: string } | null
  booked: boolean
  /** With the story `reschedule`: the same event is at another time, and the card says so. */
  moved: boolean
  /** The card's status, note, task and meeting time say the same as the calendar. */
  crmUpdated: boolean
  status: string | null
  seconds: { firstMessage: number | null; total: number }
  messages: { from: 'person' | 'seller'; text: string; at: string }[]
}

type Person = {
  firstName: string
  request: string
  phone: string
  says: string[]
  picks: string[]
  moves: string[]
}

/** Who the lead is and what they say. */
const people: Record<Language, Person> = {
  ru: {
    firstName: 'Мария',
    request: 'Заявка с сайта',
    phone: '+79161234567',
    says: [
      'Здравствуйте! Да, оставляла заявку. Менеджеры отвечают слишком долго, и мы теряем заявки. Нас 12 человек.',
      'Понятно. А сколько это стоит?',
      'Хорошо, давайте созвонимся. Удобно в четверг после обеда.',
      'Давайте подберём время, подскажите, когда можно?',
    ],
    picks: ['Давайте первый вариант', 'Давайте второй вариант'],
    moves: [
      'Извините, не получится в это время. Можно перенести на субботу, на утро?',
      'Давайте перенесём встречу, какие ещё есть варианты?',
    ],
  },
  en: {
    firstName: 'Emily',
    request: 'Website request',
    phone: '+447400123456',
    says: [
      'Hi! Yes, I left a request. Our managers answer too slowly and we lose leads. There are 12 of us.',
      'I see. And how much does it cost?',
      'Okay, let us have a call. Thursday afternoon works for me.',
      'Let us find a time, when could we talk?',
    ],
    picks: ['The first one works', 'The second one works'],
    moves: [
      'Sorry, I cannot make it then. Could we move it to Saturday morning?',
      'Let us reschedule the meeting, what other times are there?',
    ],
  },
}

const timeLimitMs = 180_000

type Chat = { messages: { id: number; from: 'person' | 'seller'; text: string; at: string }[] }
type Card = {
  status: string
  fields: Record<string, unknown>
  notes: unknown[]
  tasks: unknown[]
}
type CalendarEvent = {
  id: string
  status: string
  start: { dateTime?: string }
  extendedProperties?: { private?: { leadId?: string } }
}

/**
 * Plays one lead from the outside: a new card in amoCRM, a person with a phone who answers, and a look at the calendar and the
 * card in the end. Prints a transcript with times.
 */
export async function playLead(options: {
  urls: System['urls']
  lang: Language
  story?: Story
  /** Default: userbot. */
  channel?: Channel
  /** On the card from the beginning. */
  tags?: string[]
  print: (line: string) => void
}): Promise<PlayedLead> {
  const { urls, lang, story = 'booking', channel = 'userbot', tags = [], print } = options
  const lead = people[lang]
  const text = texts[lang].terminal.demo
  const started = Date.now()
  const seconds = () => (Date.now() - started) / 1000
  const say = (who: string, what: string) =>
    print(
      `${seconds().toFixed(1).padStart(6)} s  ${who.padEnd(20)}${what.replaceAll('\n', `\n${' '.repeat(29)}`)}`,
    )

  // A person of this name may be there from an earlier demo: each demo has its own number and name.
  const mark = started.toString(36)
  const username = `demo_${mark}`
  const phone = lead.phone.slice(0, -5) + String(started % 100_000).padStart(5, '0')
  const person = await call<{ id: number }>(`${urls.telegram}/_sim/people`, {
    firstName: lead.firstName,
    username,
    phone,
    languageCode: lang,
  })
  await prepareChannel(channel, { url: urls, call })
  const { leadId } = await call<{ leadId: number }>(`${urls.amocrm}/_sim/leads`, {
    name: lead.request,
    tags,
    contact: { name: lead.firstName, phone, telegram: `@${username}` },
  })
  say('amoCRM', `${text.created}: #${leadId}, ${lead.firstName}, @${username}`)

  const begun = await beginConversation(channel, { url: urls, call, leadId, personId: person.id })
  const { accountId, link } = begun
  if (link) say(text.card, `${text.opens}: ${link}`)
  const chatUrl = `${urls.telegram}/_sim/people/${person.id}/chat${accountId ? `?accountId=${accountId}` : ''}`

  let seen = 0
  let line = 0
  let firstMessage: number | null = null
  let event: CalendarEvent | null = null
  let card: Card | null = null
  let chat: Chat = { messages: [] }
  /** When the meeting was at first, once the lead wants another time. */
  let movedFrom: string | null = null
  const isMoved = () => movedFrom !== null && event !== null && event.start.dateTime !== movedFrom
  const nextLine = () => {
    const lines = movedFrom === null ? lead.says : lead.moves
    return lines[line++] ?? lines.at(-1)!
  }
  while (Date.now() - started < timeLimitMs) {
    chat = await call<Chat>(chatUrl)
    const fresh = chat.messages.slice(seen)
    seen = chat.messages.length
    for (const message of fresh) {
      say(`Telegram, ${message.from === 'person' ? text.person : text.assistant}`, message.text)
    }
    if (fresh.some((message) => message.from === 'seller')) firstMessage ??= seconds()

    const events = await call<CalendarEvent[]>(`${urls.google}/_sim/events`)
    const found = events.find(
      (one) => one.status !== 'cancelled' && one.extendedProperties?.private?.leadId === String(leadId),
    )
    if (found && found.start.dateTime !== event?.start.dateTime)
      say(text.event, `${found.start.dateTime}, id ${found.id}`)
    event = found ?? null
    card = await call<Card>(`${urls.amocrm}/_sim/leads/${leadId}`)
    const isSettled = event !== null && told(chat, event) && isUpdated(card, event)
    if (event && isSettled && movedFrom === null && story === 'reschedule') {
      movedFrom = event.start.dateTime ?? ''
      line = 0
      await sleep(1200)
      await call(`${urls.telegram}/_sim/people/${person.id}/say`, { text: lead.moves[line++]! })
      continue
    }
    if (isSettled && (story === 'booking' || isMoved())) break

    const last = fresh.at(-1)
    if (last?.from === 'seller' && (movedFrom === null ? !event : !isMoved())) {
      await sleep(1200)
      const offered = [...last.text.matchAll(/^\d\) /gm)].length
      const answer = offered > 0 ? lead.picks[Math.min(offered, 2) - 1]! : nextLine()
      await call(`${urls.telegram}/_sim/people/${person.id}/say`, { text: answer, accountId })
    }
    await sleep(300)
  }

  const crmUpdated = event !== null && card !== null && isUpdated(card, event)
  if (card) say(text.card, describeCard(card))
  print('')
  const isDone = crmUpdated && (story === 'booking' || isMoved())
  print(isDone ? `✔ ${text.done}` : `✘ ${event ? text.notMoved : text.notDone}`)
  return {
    story,
    lang,
    leadId,
    personId: person.id,
    event: event && { id: event.id, start: event.start.dateTime ?? '' },
    booked: event !== null,
    moved: isMoved(),
    crmUpdated,
    status: card?.status ?? null,
    seconds: { firstMessage, total: seconds() },
    messages: chat.messages.map(({ from, text: said, at }) => ({ from, text: said, at })),
  }
}

/** The seller has spoken after the pick: the lead knows that the meeting is booked. */
const told = (chat: Chat, _event: CalendarEvent) => chat.messages.at(-1)?.from === 'seller'

function isUpdated(card: Card, event: CalendarEvent): boolean {
  const at = card.fields['MEETING_AT']
  const sameTime =
    typeof at === 'number'
      ? at * 1000 === Date.parse(event.start.dateTime ?? '')
      : Date.parse(String(at)) === Date.parse(event.start.dateTime ?? '')
  return sameTime && /назначена|booked/i.test(card.status) && card.notes.length > 0 && card.tasks.length > 0
}

const describeCard = (card: Card) =>
  [
    card.status,
    ...Object.entries(card.fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    `notes: ${card.notes.length}, tasks: ${card.tasks.length}`,
  ].join('; ')

async function call<Answer>(url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}
