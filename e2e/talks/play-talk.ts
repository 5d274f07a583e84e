import { setTimeout as sleep } from 'node:timers/promises'
import { createPhone, makeLead, post, settleWithinMs, waitForAnswer, waitUntil } from './lead-phone.ts'
import { judgeAnswer, judgeEnd } from './judge-talk.ts'
import type { Talk } from './talk.ts'
import type { TalkSeller, TalkSystem } from './talk-system.ts'
import { type ChatLine, isSettled, watchLead } from './talk-view.ts'

export type PlayedTalk = { problems: string[]; transcript: string[] }

/** Messages written one right after another. */
const betweenMs = 120
/** What a busy machine says further apart than this may be answered one by one: the silence that is waited for is 0.8 s here. */
const apartMs = 500

/** Plays one talk from outside, as the lead and the human seller, and says what is not as a careful human would have it. */
export async function playTalk(
  { system, sellerOf }: TalkSystem,
  talk: Talk,
  print: (line: string) => void = () => {},
): Promise<PlayedTalk> {
  const transcript: string[] = []
  const tell = (who: string, what: string) => {
    const line = `${who.padEnd(9)}${what.replaceAll('\n', `\n${' '.repeat(9)}`)}`
    transcript.push(line)
    print(line)
  }
  const problems: string[] = []
  const seller = sellerOf(talk)
  await fillCalendar(system.urls.google, talk, seller)
  const { personId, leadId } = await makeLead(system.urls, talk, seller)
  tell('amoCRM', `lead #${leadId}: ${talk.title}`)
  const watch = watchLead(system, { leadId, personId, calendar: seller.calendar })
  const phone = createPhone(`${system.urls.telegram}/_sim/people/${personId}`, watch, tell)

  let seen = 0
  const isOurs = ({ id, from }: ChatLine) => from === 'seller' && !phone.byHuman.has(id)
  const isNews = (line: ChatLine) => isOurs(line) && line.id > seen
  const listen = async () => {
    const lines = await watch.chat()
    const ours = lines.filter(isNews)
    seen = Math.max(seen, ...lines.map(({ id }) => id))
    for (const { text } of ours) tell('assistant', text)
    return ours
  }
  // The first message is a step of its own unless the talk begins with it.
  const steps = talk.talk[0]?.them ? [{ them: undefined, us: undefined }, ...talk.talk] : talk.talk
  for (const [index, { them, us }] of steps.entries()) {
    const place = `step ${talk.talk[0]?.them ? index : index + 1}`
    let most = 1
    let said = performance.now()
    for (const [at, deed] of (them ?? []).entries()) {
      if (at > 0) await sleep(betweenMs)
      await phone.act(deed)
      if (at > 0 && performance.now() - said > apartMs) most += 1
      said = performance.now()
    }
    const heard = await waitForAnswer(watch, phone, {
      silent: us === 'silent',
      isAnswered: (lines) => lines.some(isNews),
    })
    const ours = await listen()
    problems.push(
      ...(heard ? [] : ['was not heard in time']).map((one) => `${place}: ${one}`),
      ...judgeAnswer(
        us,
        ours.map(({ text }) => text),
        { language: talk.language, most },
      ).map((one) => `${place}: ${one}`),
    )
    if (problems.length > 0) break
  }
  await waitUntil(async () => {
    const story = await watch.story()
    return story !== null && isSettled(story)
  }, settleWithinMs)
  if (talk.end.card.note) await waitUntil(async () => (await watch.card()).notes.length > 0, settleWithinMs)
  const [story, card, events, lines] = await Promise.all([
    watch.story(),
    watch.card(),
    watch.events(),
    watch.chat(),
  ])
  const ours = lines.filter(isOurs)
  if (!story) throw new Error('The lead is not known')
  problems.push(...judgeEnd(talk, { story, card, events, ours: ours.map(({ text }) => text) }))
  for (const event of events.filter(({ status }) => status !== 'cancelled'))
    tell('calendar', `${event.start.dateTime}`)
  const tasks = card.tasks.map(({ text, is_completed: done }) => `${done ? 'done' : 'task'}: ${text}`)
  tell('card', [card.status, ...tasks].join('; '))
  tell(
    'system',
    `control ${story.lead.control}, stage ${story.lead.stage}, language ${story.lead.language}, zone ${story.lead.timeZone}`,
  )
  return { problems, transcript }
}

async function fillCalendar(google: string, { busy }: Talk, { calendar }: TalkSeller): Promise<void> {
  const instant = (clock: string) => `${clock.replace(' ', 'T')}:00+03:00`
  for (const { from, to } of busy)
    await post(`${google}/_sim/events`, {
      calendarId: calendar,
      summary: 'Busy',
      start: instant(from),
      end: instant(to),
    })
}
