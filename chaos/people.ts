import { type Language, type LineName, lines } from './lines.ts'
import { createRandom } from './random.ts'

/**
 * Simulated people as pure state machines. A person goes through a script: each message of the assistant brings the next step,
 * `book` stays until a meeting is booked. The same person hears the same words: the same answer.
 */
export type Character = keyof typeof scripts

export type Person = {
  character: Character
  language: Language
  seed: number
  step: number
  heard: number
  tries: number
  picked: boolean
}

/** Said `afterMs` after what was heard; by the person, or by the human seller from the phone. */
export type Saying = { afterMs: number; text: string; by: 'person' | 'human' }

type Say = { line: LineName; afterMs: [from: number, to: number]; by?: Saying['by'] }
type Step = Say[] | 'book'

const say = (line: LineName, from = 600, to = 2500): Say => ({ line, afterMs: [from, to] })

const scripts = {
  booker: [[say('need')], 'book', [say('thanks')]],
  chatty: [[say('hello')], [say('need')], [say('price', 300, 900)], [say('how', 300, 900)], 'book'],
  slow: [[say('need', 6000, 12_000)], [say('price', 6000, 12_000)], 'book'],
  bursting: [
    [say('hello', 300, 500), say('need', 900, 1300), say('more', 1800, 2200), say('price', 2800, 3600)],
    [say('how', 300, 500), say('more', 1500, 2500), say('want_time', 3000, 3800)],
    'book',
  ],
  rude: [[say('not_interested', 500, 6000)]],
  opts_out: [[say('need')], [say('opt_out'), say('thanks', 8000, 12_000)]],
  opts_out_mid_reply: [[say('need', 500, 900), say('opt_out', 3500, 9000)]],
  asks_for_human: [[say('need')], [say('wants_human')], [say('thanks')]],
  changes_mind: [[say('need', 500, 900), say('wait', 3500, 8000)], 'book'],
  mover: [[say('need')], 'book', [say('move')], 'book'],
  canceller: [[say('need')], 'book', [say('cancel')]],
  taken_over: [
    [say('need')],
    [{ line: 'human_here', afterMs: [500, 6000], by: 'human' }, say('price', 7000, 10_000)],
  ],
  silent: [],
  unreachable: [],
} satisfies Record<string, Step[]>

export const characters = Object.keys(scripts) as Character[]

const maxTries = 6

export const createPerson = (character: Character, language: Language, seed: number): Person => ({
  character,
  language,
  seed,
  step: 0,
  heard: 0,
  tries: 0,
  picked: false,
})

/** What the person says after a message of the assistant's, and who they are then. */
export function hear(person: Person, text: string): { person: Person; sayings: Saying[] } {
  const random = createRandom(person.seed * 1000 + person.heard)
  const heard = { ...person, heard: person.heard + 1 }
  const words = lines[person.language]
  const steps: Step[] = scripts[person.character]
  const step = steps[person.step]

  if (step !== 'book') return { person: next(heard), sayings: (step ?? []).map((one) => spoken(one)) }
  const offers = [...text.matchAll(/^\d\) /gm)].length
  const isBooked = person.picked && offers === 0 && /\d:\d\d/.test(text)
  if (isBooked || person.tries === maxTries) return hear(next(person), text)
  const again = { ...heard, tries: heard.tries + 1 }
  if (offers === 0) return { person: again, sayings: [spoken(say('want_time'))] }
  const choice = words.pick[random.int(0, Math.min(offers, words.pick.length) - 1)]!
  const sayings = [saying(random.pick(choice), 800, 3000)]
  if (person.character === 'changes_mind' && !person.picked)
    sayings.push(saying(random.pick(words.waver), 4000, 8000))
  return { person: { ...again, picked: true }, sayings }

  function saying(chosen: string, from: number, to: number): Saying {
    return { afterMs: random.int(from, to), text: chosen, by: 'person' }
  }
  function spoken({ line, afterMs, by = 'person' }: Say): Saying {
    return { ...saying(random.pick(words[line]), ...afterMs), by }
  }
}

const next = (person: Person): Person => ({ ...person, step: person.step + 1, tries: 0, picked: false })
