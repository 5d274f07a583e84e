import { setTimeout as sleep } from 'node:timers/promises'
import {
  createPhone,
  makeLead,
  settleWithinMs,
  waitForAnswer,
  waitUntil,
} from '../../e2e/talks/lead-phone.ts'
import { judgeAnswer, judgeEnd } from '../../e2e/talks/judge-talk.ts'
import type { End } from '../../e2e/talks/talk.ts'
import type { TalkSeller } from '../../e2e/talks/talk-system.ts'
import { type ChatLine, isSettled, watchLead } from '../../e2e/talks/talk-view.ts'
import type { System } from '../../local/system/system.ts'
import { type GoalEnd, goals } from './goals.ts'
import { newMind, nextDeed } from './person-turns.ts'
import type { SimulatedPerson } from './read-people.ts'

export type PlayedPerson = {
  person: SimulatedPerson
  leadId: number
  /** What is not as a careful human would have it. Empty: the talk ended well. */
  problems: string[]
  transcript: string[]
  /** Messages of the person. */
  said: number
  /** Replies of the model that the rules refused. */
  refusals: number
  booked: boolean
}

const mostExchanges = 16
/** So long says nothing who falls silent; the clock of the system is moved to a Monday, not made faster. */
const silenceMs = 5000
/** Between the messages of a burst. */
const burstMs = 150

const anyTime: [string, string] = ['2031-02-03 10:00', '2031-02-28 19:00']
/** The same wherever it was booked or moved to: some free time on the calendar that the card has too. */
const booked = { meeting: { within: anyTime }, stage: 'booked' } as const
const rest = { control: 'ai', optedOut: false, card: {} } as const
const ends: Record<GoalEnd, End> = {
  booked: { ...rest, ...booked },
  moved: { ...rest, ...booked },
  cancelled: { ...rest, meeting: 'cancelled' },
  lost: { ...rest, meeting: 'none', stage: 'lost' },
  'opted out': { ...rest, meeting: 'none', optedOut: true },
  human: { ...rest, meeting: 'none', control: 'human', card: { task: [/./] } },
  open: { ...rest, meeting: 'none' },
}
const saysAssistant = /ассистент|бот|assistant|\bbot\b/iu

/** Plays one person through the whole system, from outside, and grades the end: calendar, card, messages, control. */
export async function playPerson(
  system: System,
  person: SimulatedPerson,
  seller: TalkSeller,
): Promise<PlayedPerson> {
  const { personId, leadId } = await makeLead(
    system.urls,
    {
      title: person.id,
      person: { name: person.name, ...(person.language === 'en' && { phone: ukPhone() }) },
      card: { phone: true, fields: {} },
    },
    seller,
  )
  const transcript: string[] = []
  const tell = (who: string, what: string) => void transcript.push(`${who}: ${what}`)
  const watch = watchLead(system, { leadId, personId, calendar: seller.calendar })
  const phone = createPhone(`${system.urls.telegram}/_sim/people/${personId}`, watch, tell)
  const problems: string[] = []
  let seen = 0
  const isNews = ({ id, from }: ChatLine) => from === 'seller' && id > seen
  /** The assistant's new words, once everything that was said is answered. */
  const listen = async (silent: boolean): Promise<string[]> => {
    const heard = await waitForAnswer(watch, phone, { silent, isAnswered: (lines) => lines.some(isNews) })
    if (!heard) problems.push('was not heard in time')
    const lines = await watch.chat()
    const ours = lines.filter(isNews).map(({ text }) => text)
    seen = Math.max(seen, ...lines.map(({ id }) => id))
    for (const text of ours) tell('assistant', text)
    return ours
  }

  let heard = (await listen(false)).join('\n')
  let mind = newMind
  for (let exchange = 0; problems.length === 0; exchange += 1) {
    const { mind: after, deed } = nextDeed(person, mind, heard)
    mind = after
    if (deed.does === 'done') {
      if (deed.problem) problems.push(deed.problem)
      break
    }
    if (exchange >= mostExchanges) problems.push(`no end after ${exchange} exchanges`)
    if (deed.does === 'wait') {
      await sleep(silenceMs)
      const said = await listen(true)
      problems.push(...said.map((text) => `spoke into the silence: ${text}`))
      continue
    }
    for (const [index, text] of deed.texts.entries()) {
      if (index > 0) await sleep(burstMs)
      await phone.act({ text })
    }
    const ours = await listen(deed.hears === 'nothing')
    heard = ours.join('\n')
    problems.push(
      ...judgeAnswer(deed.hears === 'nothing' ? 'silent' : undefined, ours, {
        language: person.language,
        most: 1,
      }),
    )
    if (deed.hears === 'that it is an assistant' && !saysAssistant.test(heard))
      problems.push(`was asked, and does not say what it is: ${heard}`)
  }
  return {
    person,
    leadId,
    transcript,
    problems: [...problems, ...(await judge())],
    said: phone.told.messages,
    ...(await facts()),
  }

  async function judge(): Promise<string[]> {
    const settled = await waitUntil(async () => {
      const story = await watch.story()
      return story !== null && isSettled(story)
    }, settleWithinMs)
    const [story, card, events, lines] = await Promise.all([
      watch.story(),
      watch.card(),
      watch.events(),
      watch.chat(),
    ])
    if (!story) return ['the lead is not known']
    const end = endOf(person, events.length > 0)
    const ours = lines.filter(({ from }) => from === 'seller').map(({ text }) => text)
    return [...(settled ? [] : ['did not come to rest']), ...judgeEnd({ end }, { story, card, events, ours })]
  }
  async function facts() {
    const [story, events] = await Promise.all([watch.story(), watch.events()])
    return {
      refusals: (story?.turns ?? []).reduce((sum, { refusals }) => sum + refusals, 0),
      booked: events.some(({ status }) => status !== 'cancelled'),
    }
  }
}

/** Who opts out after booking keeps the meeting: it is a human's to talk about. */
const endOf = ({ goal }: SimulatedPerson, hasEvents: boolean): End => {
  const end = ends[goals[goal].end]
  return goal === 'books and opts out' && hasEvents ? { ...end, meeting: { within: anyTime } } : end
}

let phones = 0
/** One of the numbers that are kept free for plays, so that the assistant knows the clock. */
const ukPhone = () => `+4474001${String(((process.pid % 400) * 250 + phones++) % 100_000).padStart(5, '0')}`
