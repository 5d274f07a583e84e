import { atMost, type Benchmark, type Figure } from './benchmark.ts'
import { measureCrowds } from './crowd/measure-crowds.ts'
import type { Waited } from './crowd/play-crowd.ts'
import { percentile } from './percentile.ts'

/** Seconds until the lead hears something. Of the first touch: on a quiet day, and in a crowd. */
const goals = { firstTouch: 60, firstTouchOfMany: 300, reply: 20 }

/** How long people wait: from the lead's card, or from what they said, to words on their phone. */
export const livedSpeed: Benchmark = {
  id: 'r8',
  title:
    'how long a lead waits for the first touch and for a reply, at 1, 10 and 60 leads at once (with r3 no longer)',
  run: async ({ say, progress }, { crowd }) => {
    const { steps } = await measureCrowds(progress, crowd)
    const sizes = [...new Set(steps.map(({ leads }) => leads))]
    say(
      'Seconds from the card, or from what the lead said, to words on their phone. Debounce: silence that is waited for. Manner: from the',
    )
    say(
      'decision in the outbox to the phone, reading and typing and the delivery itself; the rest is the system.\n',
    )
    say(
      '| waited, s | at once | p50 | p95 | debounce, p50 | manner, p50 | the rest, p50 | the rest, p95 |\n|---|---|---|---|---|---|---|---|',
    )
    return sizes.flatMap((leads): Figure[] => {
      const of = (isReply: boolean) =>
        steps
          .filter((one) => one.leads === leads && (one.step !== 'first touch') === isReply)
          .flatMap(({ waited }) => waited)
      const [touch, reply] = [of(false), of(true)]
      for (const [name, waited] of [
        ['first touch', touch],
        ['reply', reply],
      ] as const)
        say(`| ${name} | ${leads} | ${rowOf(waited)} |`)
      const p95 = (waited: Waited[]) =>
        percentile(
          waited.map(({ seconds }) => seconds),
          0.95,
        )
      return [
        atMost(
          `r8/first-touch-p95/${leads}`,
          p95(touch),
          leads < 60 ? goals.firstTouch : goals.firstTouchOfMany,
        ),
        atMost(`r8/reply-p95/${leads}`, p95(reply), goals.reply),
      ]
    })
  },
}

function rowOf(waited: Waited[]): string {
  const at = (of: (one: Waited) => number, share: number) => percentile(waited.map(of), share).toFixed(1)
  const rest = ({ seconds, debounce, manner }: Waited) => seconds - debounce - manner
  return [
    at(({ seconds }) => seconds, 0.5),
    at(({ seconds }) => seconds, 0.95),
    at(({ debounce }) => debounce, 0.5),
    at(({ manner }) => manner, 0.5),
    at(rest, 0.5),
    at(rest, 0.95),
  ].join(' | ')
}
