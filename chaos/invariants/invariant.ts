import type { Journals } from '../journals.ts'
import type { Outage } from '../parts.ts'
import type { CastMember } from '../play-people.ts'

/** All that is known from outside when everything is quiet. */
export type Observed = {
  journals: Journals
  cast: CastMember[]
  outages: Outage[]
}

/** `where` names journal entries: `telegram#12`. */
export type Violation = { what: string; where: string[] }

export type Invariant = {
  name: string
  check: (observed: Observed) => { checked: number; violations: Violation[] }
}

/** A number of things was checked; what is wrong with each of them, if anything. */
export function checkEach<Thing>(things: Thing[], judge: (thing: Thing) => Violation[]) {
  return { checked: things.length, violations: things.flatMap(judge) }
}
