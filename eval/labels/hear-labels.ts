import { askedOfUs, type Wish } from '@lead/contract'
import { readTime } from '@lead/scheduling'
import { hear } from '../../api/src/hearing/hear.ts'
import { hearAsked } from '../../api/src/hearing/asked/hear-asked.ts'
import { hearPick } from '../../api/src/hearing/pick/hear-pick.ts'
import { count, type Figure, type Miss, percent, share, type Table } from '../suite.ts'
import type { Label } from './read-labels.ts'
import { evalNow, evalZone, instantOf } from './talk-of.ts'

type Heard = { figures: Figure[]; table: Table; misses: Miss[] }
/** A kind of thing that code hears: null: the row says nothing of it; '' right, else what is wrong. */
type Ear = { name: string; judge: (label: Label) => string | null }

const stopOf = ({ say }: Label) => {
  const all = say.map((text) => hear(text).stop)
  return all.includes('yes') ? 'yes' : all.includes('maybe') ? 'maybe' : 'no'
}

/** No row may fail the first: a buyer would never be written to again. The others have their share in the baseline. */
const ears: Ear[] = [
  {
    name: 'no buyer is taken for an opt-out',
    judge: (label) => (label.intent === 'opt_out' ? null : stopOf(label) === 'yes' ? 'stop: yes' : ''),
  },
  {
    name: 'near misses of an opt-out are left alone (no)',
    judge: (label) => (label.stop === 'no' ? (stopOf(label) === 'no' ? '' : `stop: ${stopOf(label)}`) : null),
  },
  {
    name: 'an opt-out is heard (yes or maybe)',
    judge: (label) => (label.intent === 'opt_out' ? (stopOf(label) === 'no' ? 'stop: no' : '') : null),
  },
  {
    name: 'an opt-out is sure (yes)',
    judge: (label) =>
      label.intent === 'opt_out' ? (stopOf(label) === 'yes' ? '' : `stop: ${stopOf(label)}`) : null,
  },
  {
    name: 'a question about us is heard: a machine? where from?',
    judge: (label) =>
      askedIn(label).length === 0
        ? null
        : askedIn(label).every((one) => askedHeard(label).has(one))
          ? ''
          : 'not heard',
  },
  {
    name: 'no question about us is made up',
    judge: (label) =>
      askedIn(label).length > 0
        ? null
        : askedHeard(label).size === 0
          ? ''
          : `asked: ${[...askedHeard(label)].join(', ')}`,
  },
  { name: 'the language is not mistaken', judge: judgeLanguage },
  {
    name: 'the language is told',
    judge: (label) => (label.tongue === 'none' ? null : languageHeard(label) ? '' : 'language: not told'),
  },
  {
    name: 'a place is heard',
    judge: (label) =>
      label.zone === undefined ? null : zoneHeard(label) === label.zone ? '' : `zone: ${zoneHeard(label)}`,
  },
  {
    name: 'no place is made up',
    judge: (label) =>
      label.zone === undefined ? (zoneHeard(label) === null ? '' : `zone: ${zoneHeard(label)}`) : null,
  },
  { name: 'a time is read', judge: judgeTime },
  { name: 'a pick by place is heard, and no other', judge: judgePick },
]

const askedIn = ({ intent, also = [] }: Label) => askedOfUs.filter((one) => [intent, ...also].includes(one))
const askedHeard = ({ say }: Label) => new Set(say.flatMap(hearAsked))
const languageHeard = ({ say }: Label) => hear(say.join('\n')).language
const zoneHeard = ({ say }: Label) => hear(say.join('\n')).zone

function judgeLanguage(label: Label): string {
  const heard = languageHeard(label)
  const wanted = label.tongue ?? label.language
  return heard === null || heard === wanted ? '' : `language: ${heard}`
}

function judgeTime({ time, quote, zone = evalZone, language, context }: Label): string | null {
  if (time === undefined || quote === undefined) return null
  const { ambiguous, found } = readTime({
    text: quote,
    lang: language,
    reference: evalNow,
    tz: zone,
    booked: context.meeting
      ? { start: instantOf(context.meeting), offered: context.offers.map((at) => instantOf(at)) }
      : undefined,
  })
  const told = JSON.stringify(found)
  if (time === 'unclear') return ambiguous ? '' : `not asked back: ${told}`
  if (ambiguous || found.length === 0) return `${ambiguous ? 'asked back' : 'not read'}: ${told}`
  const isInstant = time.includes(' ')
  const from = Date.parse(instantOf(isInstant ? time : `${time} 00:00`, zone))
  const to = isInstant ? from : from + 86_400_000
  const wishes: Wish[] = found
  const fits = wishes.every(({ point, from: begin, to: end }) => {
    const [first, last] = point ? [point, point] : [begin, end]
    if (first === undefined || last === undefined) return false
    return isInstant
      ? point !== undefined && Date.parse(point) === from
      : Date.parse(first) >= from && Date.parse(last) <= to
  })
  return fits ? '' : `read as ${told}`
}

/** Only what is said of the place in the list is code's; days and hours are the model's. */
function judgePick(label: Label): string | null {
  if (label.context.offers.length === 0) return null
  const heard = label.say.map(hearPick).findLast((one) => one !== null && typeof one === 'object')
  if (!heard || typeof heard !== 'object') return null
  const place = heard.place === 'last' ? label.context.offers.length : heard.place
  return place === label.pick ? '' : `pick: ${place}`
}

/** What code alone hears in the labelled replies, before any model. */
export function hearLabels(labels: Label[]): Heard {
  const rows = ears.map(({ name, judge }) => {
    const judged = labels
      .map((label) => ({ label, wrong: judge(label) }))
      .filter(({ wrong }) => wrong !== null)
    const misses = judged.filter(({ wrong }) => wrong !== '')
    return { name, of: judged.length, misses }
  })
  const right = ({ of, misses }: (typeof rows)[number]) => (of === 0 ? 1 : 1 - misses.length / of)
  return {
    figures: rows.map((row) =>
      row.name.startsWith('no ') || row.name.endsWith('not mistaken')
        ? count(`code hears: ${row.name}`, row.misses.length)
        : share(`code hears: ${row.name}`, right(row), 0.001),
    ),
    table: {
      title: 'What code alone hears, before any model',
      head: ['', 'rows', 'wrong', 'right'],
      rows: rows.map((row) => [row.name, row.of, row.misses.length, percent(right(row))]),
    },
    misses: rows.flatMap(({ name, misses }) =>
      misses.map(({ label, wrong }) => ({
        id: `${label.id} ${name}`,
        what: `${name}: ${wrong} in ${JSON.stringify(label.say.join(' / '))}`,
      })),
    ),
  }
}
