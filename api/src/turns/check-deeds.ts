import { actions, type Proposal } from '@lead/contract'
import { hearDeeds } from '../replies/deeds/hear-deeds.ts'
import { saysCancelled, saysHuman } from '../replies/deeds/says-human.ts'

/**
 * Whether what the reply says is done is what the action does, and the other way round; the reason for the model's next try, or null. That a human is
 * asked needs no action: it is done as a task, see `turn-effects.ts`.
 */
export function checkDeeds(
  { sales }: Pick<Proposal, 'sales'>,
  { hasMeeting, names }: { hasMeeting: boolean; names: string[] },
): string | null {
  const { action, reply } = sales
  const deeds = hearDeeds(reply, names)
  const { takesTime, calendar, loses } = actions[action]
  if (deeds.has('hands over') && action !== 'handoff')
    return 'the reply says that a human takes over or writes, and the action does not do it: action handoff, or do not say so'
  if (deeds.has('books') && !takesTime && !hasMeeting)
    return 'the reply says that a time is booked, and none is: action book with an offerId, or do not say so'
  if (deeds.has('moves') && calendar !== 'move' && !(hasMeeting && reply.includes('[MEETING]')))
    return 'the reply says that the meeting is moved, and it is not: action move with an offerId, or do not say so'
  if (deeds.has('cancels') && hasMeeting && calendar !== 'cancel')
    return 'the reply says that the meeting is cancelled, and it is not: action cancel, or do not say so'
  if (deeds.has('drops') && !loses)
    return 'the reply says that the request, the deal or the order is cancelled, and nobody does that: say that a colleague will see to it, with action handoff'
  if (deeds.has('sends'))
    return 'the reply promises a file, a letter or a link: nothing but messages can be sent; leave it to the meeting, or to a colleague'
  if (deeds.has('calls'))
    return 'the reply promises a call: you cannot call; a colleague may, with action handoff'
  if (action === 'handoff' && !saysHuman(reply, names))
    return 'a human takes over with the action handoff, and the reply does not say so: say that a colleague will write'
  if (action === 'cancel' && !saysCancelled(reply))
    return 'the meeting is cancelled with the action cancel, and the reply does not say so: say it'
  return null
}
