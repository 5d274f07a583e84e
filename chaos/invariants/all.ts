import { cardAgrees } from './card-agrees.ts'
import { cardWrittenOnce } from './card-written-once.ts'
import { everyLeadWorked } from './every-lead-worked.ts'
import { inOrder } from './in-order.ts'
import type { Invariant } from './invariant.ts'
import { meetingsTold } from './meetings-told.ts'
import { nobodyGivenUp } from './nobody-given-up.ts'
import { noOverlap } from './no-overlap.ts'
import { nothingUnexpected } from './nothing-unexpected.ts'
import { oneReplyPerThought } from './one-reply-per-thought.ts'
import { sentOnce } from './sent-once.ts'
import { silence } from './silence.ts'

export const invariants: Invariant[] = [
  everyLeadWorked,
  nobodyGivenUp,
  sentOnce,
  inOrder,
  oneReplyPerThought,
  silence,
  noOverlap,
  meetingsTold,
  cardAgrees,
  cardWrittenOnce,
  nothingUnexpected,
]
