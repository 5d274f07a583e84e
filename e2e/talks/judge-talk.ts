import { hearLanguage } from '../../api/src/hearing/hear-language.ts'
import type { Answer, End, Talk } from './talk.ts'
import type { CalendarEvent, Card, Story } from './talk-view.ts'
import { sellerZone } from './talk-system.ts'

const hole = /\[(?:TIMES|MEETING)\]|\{\w+\}|undefined|\bnull\b|\bNaN\b|\$&/u

/** What is wrong with the messages that came after one step. `most`: so many there may be. */
export function judgeAnswer(
  wanted: Answer | undefined,
  ours: string[],
  talk: { language: 'ru' | 'en'; most: number },
): string[] {
  if (wanted === 'silent') return ours.length === 0 ? [] : [`must be silent, but says ${quote(ours)}`]
  if (ours.length === 0) return ['there is no answer']
  const text = ours.join('\n')
  const { says = [], not = [], offers, language = talk.language } = wanted ?? {}
  const listed = text.match(/^\d\) /gmu)?.length ?? 0
  return [
    ...(ours.length <= talk.most ? [] : [`${ours.length} messages instead of ${talk.most}: ${quote(ours)}`]),
    ...says.filter((one) => !one.test(text)).map((one) => `does not say ${one}: ${quote(ours)}`),
    ...not.filter((one) => one.test(text)).map((one) => `says ${one}: ${quote(ours)}`),
    ...(offers === undefined || (offers === 'some' ? listed > 0 : listed === offers)
      ? []
      : [`offers ${listed} times instead of ${offers}: ${quote(ours)}`]),
    ...(hearLanguage(text) === language ? [] : [`is not in ${language}: ${quote(ours)}`]),
    ...(hole.test(text) ? [`has a hole in it: ${quote(ours)}`] : []),
  ]
}

/** What is wrong at the end of the talk: in the calendar, on the card, in who controls it, in what was said. */
export function judgeEnd(
  { end }: Pick<Talk, 'end'>,
  { story, card, events, ours }: { story: Story; card: Card; events: CalendarEvent[]; ours: string[] },
): string[] {
  const { lead, deliveries } = story
  const text = ours.join('\n')
  const tasks = card.tasks.map((task) => task.text).join('\n')
  const notes = card.notes.map(({ params }) => params.text ?? '').join('\n')
  const differs = (what: string, is: unknown, wanted: unknown) =>
    wanted === undefined || is === wanted ? [] : [`end: ${what} is ${String(is)}, not ${String(wanted)}`]
  const lacks = (what: string, where: string, all: RegExp[] = []) =>
    all
      .filter((one) => !one.test(where))
      .map((one) => `end: ${what} ${one} is missing in: ${where || '(nothing)'}`)
  const has = (what: string, where: string, all: RegExp[] = []) =>
    all.filter((one) => one.test(where)).map((one) => `end: ${what} ${one} in: ${where}`)
  const twice = ours.filter((one, index) => ours.indexOf(one) !== index && one.length > 60)
  return [
    ...judgeMeeting(end.meeting, events, card),
    ...differs('the stage', lead.stage, end.stage),
    ...differs('control', lead.control, end.control),
    ...differs('the opt-out', lead.optedOutAt !== null, end.optedOut),
    ...differs('the language', lead.language, end.language),
    ...differs('the zone', lead.timeZone, end.zone),
    ...lacks('a status', card.status ?? '', end.card.status && [end.card.status]),
    ...lacks('a task', tasks, end.card.task),
    ...has('a task says', tasks, end.card.noTask),
    ...lacks('a note', notes, end.card.note),
    ...lacks('words', text, end.said),
    ...has('it was said', text, end.notSaid),
    ...(ours.length > (end.mostMessages ?? Number.POSITIVE_INFINITY)
      ? [`end: ${ours.length} messages, at most ${end.mostMessages}`]
      : []),
    ...twice.map((one) => `end: said twice: ${one}`),
    ...deliveries
      .filter(({ state, lastError }) => state === 'dead' && !end.deadLetter?.test(lastError ?? ''))
      .map(({ channel, lastError }) => `end: a dead letter to ${channel}: ${lastError}`),
  ]
}

function judgeMeeting(wanted: End['meeting'], events: CalendarEvent[], card: Card): string[] {
  const standing = events.filter(({ status }) => status !== 'cancelled')
  const starts = standing.map(({ start }) => new Date(start.dateTime ?? ''))
  const local = (at: Date, zone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const shown = starts.map((at) => local(at, sellerZone)).join(', ') || 'nothing'
  if (wanted === 'none') return events.length === 0 ? [] : [`end: the calendar has ${shown}, not nothing`]
  if (wanted === 'cancelled')
    return events.length > 0 && standing.length === 0
      ? []
      : [`end: the calendar has ${shown}, not one cancelled`]
  const [at] = starts
  if (!at || starts.length > 1) return [`end: the calendar has ${shown}, not one meeting`]
  const onCard = card.fields['MEETING_AT']
  const cardAt = typeof onCard === 'number' ? onCard * 1000 : Date.parse(String(onCard))
  const isThen =
    'at' in wanted
      ? local(at, wanted.zone) === wanted.at
      : local(at, sellerZone) >= wanted.within[0] && local(at, sellerZone) <= wanted.within[1]
  return [
    ...(isThen ? [] : [`end: the meeting is at ${shown} ${sellerZone}, not ${JSON.stringify(wanted)}`]),
    ...(cardAt === at.getTime() ? [] : [`end: the card says ${String(onCard)}, the calendar ${shown}`]),
  ]
}

const quote = (texts: string[]) => JSON.stringify(texts.join(' | '))
