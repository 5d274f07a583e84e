import { goals, type Step } from './goals.ts'
import type { SimulatedPerson } from './read-people.ts'

/** What the person does now: says something, or nothing for a while. `done`: there is nothing left to do. */
export type Deed =
  | { does: 'say'; texts: string[]; hears: 'an answer' | 'nothing' | 'that it is an assistant' }
  | { does: 'wait' }
  | { does: 'done'; problem: string | null }

/** Where a person is in what they want; plain data, so that the same talk goes the same way. */
export type Mind = { step: number; told: number; tries: number; picked: boolean }
export const newMind: Mind = { step: 0, told: 0, tries: 0, picked: false }

const mostTries = 5
const listed = /^\d\) /gmu
const namesTime = /\d{1,2}:\d\d/u

/**
 * The next deed of a person who has just read `heard`, the assistant's newest words (empty: none). Pure.
 * A person who is offered the same again and again gives up: that is a problem of ours.
 */
export function nextDeed(person: SimulatedPerson, mind: Mind, heard: string): { mind: Mind; deed: Deed } {
  const steps: readonly Step[] = goals[person.goal].steps
  const step = steps[mind.step]
  const next: Mind = { ...mind, step: mind.step + 1, told: 0, tries: 0, picked: false }
  const say = (
    texts: string[],
    after: Mind,
    hears: 'an answer' | 'nothing' | 'that it is an assistant' = 'an answer',
  ) => ({
    mind: after,
    deed: { does: 'say' as const, texts, hears },
  })
  if (!step) return { mind, deed: { does: 'done', problem: null } }
  if ('silence' in step) return { mind: next, deed: { does: 'wait' } }
  if ('say' in step) return say([person.words(step.say)], next, step.hears)
  if ('time' in step) return say([person.time], next)
  if ('tell' in step) {
    // Who is offered times before everything was told goes on to them.
    if (mind.told > 0 && offersIn(heard) > 0) return nextDeed(person, next, heard)
    const texts = mind.told === 0 ? inManner(person, [person.words('hello'), person.need]) : [person.size]
    const after = { ...mind, told: mind.told + 1 }
    return say(texts, after.told >= step.tell ? next : after)
  }
  const offers = offersIn(heard)
  if (mind.picked && offers === 0 && namesTime.test(heard)) return nextDeed(person, next, heard)
  if (mind.tries >= mostTries)
    return { mind, deed: { does: 'done', problem: `gives up: nothing is booked after ${mind.tries} tries` } }
  const again = { ...mind, tries: mind.tries + 1 }
  if (offers > 0)
    return say([person.words('take', Math.min(step.untilBooked, offers), mind.tries)], {
      ...again,
      picked: true,
    })
  // A single time in the sentence is a proposal: it is taken.
  if (namesTime.test(heard)) return say([person.words('agree')], { ...again, picked: true })
  return say([person.words('want time', 1, mind.tries)], again)
}

const offersIn = (text: string) => text.match(listed)?.length ?? 0

/** Some write one message, some each thought by itself. */
const inManner = ({ temper }: SimulatedPerson, texts: string[]) =>
  temper === 'bursting' ? texts : temper === 'calm' ? [texts.join('! ')] : texts.slice(-1)
