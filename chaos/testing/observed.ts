import type { Entry, Journals } from '../journals.ts'
import type { Observed } from '../invariants/invariant.ts'
import type { CastMember } from '../play-people.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const leadId = 501
const personId = 7

type Thinking = { kind?: string; newMessages?: string[]; action?: string; note?: string }

/** Writes journals as one lead's story would leave them; times are seconds from the start. */
export function tellStory(change: Partial<CastMember> = {}) {
  const journals: Journals = { telegram: [], amocrm: [], google: [], llm: [] }
  const member: CastMember = {
    number: 1,
    character: 'booker',
    language: 'ru',
    name: 'Мария N1',
    leadId,
    personId,
    ...change,
  }
  const observed: Observed = { journals, cast: [member], outages: [] }
  const add = (of: keyof Journals, second: number, kind: string, details: Record<string, unknown>): Entry => {
    const entry = {
      n: journals[of].length + 1,
      at: new Date(start + second * 1000).toISOString(),
      kind,
      ...details,
    }
    journals[of].push(entry)
    return entry
  }
  let randomId = 100
  const tell = {
    observed,
    comes: (second: number) => add('amocrm', second, 'lead.added', { leadId, name: 'Chaos 1' }),
    says: (second: number, text: string) =>
      add('telegram', second, 'message', { personId, from: 'person', text }),
    human: (second: number, text: string) =>
      add('telegram', second, 'message', { personId, from: 'seller', via: 'phone', text }),
    sends: (second: number, text: string, id = String(++randomId)) =>
      add('telegram', second, 'message', { personId, from: 'seller', via: 'client', text, randomId: id }),
    thinks: (
      second: number,
      reply: string,
      { kind = 'answer', newMessages = [], action = 'talk', note = 'a note' }: Thinking = {},
    ) =>
      add('llm', second, 'completion', {
        prompt: 'sales/2',
        turn: { kind, lead: member.name, newMessages },
        answer: { reply, action, offerId: null, note },
      }),
    /** `hour` in UTC on 26 November: three hours later in Moscow. */
    books: (second: number, hour: number, of: { id?: string; name?: string; kind?: string } = {}) =>
      add('google', second, of.kind ?? 'event.insert', {
        calendarId: 'seller@company.com',
        id: of.id ?? 'event1',
        start: `2026-11-26T${String(hour).padStart(2, '0')}:00:00Z`,
        end: `2026-11-26T${String(hour).padStart(2, '0')}:30:00Z`,
        summary: `Встреча: ${of.name ?? member.name}`,
        by: 'api',
        status: of.kind === 'event.delete' ? 'cancelled' : 'confirmed',
      }),
    card: (second: number, changes: Record<string, unknown>) =>
      add('amocrm', second, 'lead.updated', { leadId, changes, by: 9000001 }),
    note: (second: number, text: string) => add('amocrm', second, 'note', { leadId, text }),
    task: (second: number, text: string, isCompleted = false) =>
      add('amocrm', second, 'task', { leadId, text, isCompleted }),
    telegram: (second: number, kind: string, details: Record<string, unknown>) =>
      add('telegram', second, kind, { personId, ...details }),
    /** A new lead, the first message, the person's need, and the answer to it. */
    usual() {
      tell.comes(0)
      tell.thinks(2, 'Здравствуйте! С чем помочь?', { kind: 'first_touch', note: 'Первое сообщение' })
      tell.sends(5, 'Здравствуйте! С чем помочь?')
      tell.card(6, { status_id: 3003 })
      tell.note(6, 'Первое сообщение')
      tell.says(10, 'Теряем заявки')
      tell.thinks(14, 'Вот время:\n[TIMES]\nЧто удобнее?', {
        newMessages: ['Теряем заявки'],
        action: 'offer_times',
        note: 'Предложили время',
      })
      tell.sends(18, 'Вот время:\n1) чт, 26 ноября, 15:00\n2) чт, 26 ноября, 15:30\nЧто удобнее?')
      tell.card(19, { status_id: 3004 })
      tell.note(19, 'Предложили время')
    },
    /** After `usual`: the pick, the event at 12:00 UTC, the card, the word to the lead. */
    booked() {
      tell.says(22, 'Первый вариант')
      tell.thinks(26, 'Вы записаны: [MEETING]. До встречи!', {
        newMessages: ['Первый вариант'],
        action: 'book',
        note: 'Встреча назначается',
      })
      tell.books(28, 12)
      tell.sends(
        31,
        'Вы записаны: чт, 26 ноября, 15:00 по Москве. До встречи!\nСсылка на встречу: https://meet.google.com/abc',
      )
      tell.card(32, { status_id: 3005, MEETING_AT: Date.parse('2026-11-26T12:00:00Z') / 1000 })
      tell.note(32, 'Встреча назначается')
      tell.task(33, 'Встреча: чт, 26 ноября, 15:00 по Москве')
    },
  }
  return tell
}
