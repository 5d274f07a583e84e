import { actions } from '@lead/contract'
import { formatSlot } from '@lead/scheduling'
import type { Ports } from '../app.ts'
import { waitingDraft } from '../drafts/draft.ts'
import type { Lead } from '../leads/lead.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import { inviteQuestionOf } from '../turns/ask-invite-email.ts'
import { renderReply } from '../turns/render-reply.ts'

/** The draft that waits, as the lead would read it, and what it would do besides its words; null when none waits. */
export async function showDraft({ db, business }: Ports<'db' | 'business'>, lead: Lead) {
  const draft = await waitingDraft(db, lead.id)
  if (!draft) return null
  const { sales, offers, origin } = draft.decision
  const language = lead.language ?? business.language
  const timeZone = lead.time_zone ?? business.timeZone
  const offer = actions[sales.action].takesTime ? offers.find(({ id }) => id === sales.offerId) : undefined
  const meeting = offer
    ? { starts_at: new Date(offer.start), meet_link: null }
    : await bookedMeeting(db, lead.id)
  const seller = business.sellers.find(({ id }) => id === offer?.sellerId)
  const words = renderReply(draft.decision, {
    language,
    timeZone,
    sellerZone: seller?.timeZone ?? timeZone,
    meeting,
    name: lead.contact_name ?? lead.name,
  })
  const question = inviteQuestionOf({ business }, lead, { id: draft.turn_id, decision: draft.decision })
  return {
    id: draft.id,
    kind: draft.kind,
    turnId: draft.turn_id,
    turnKind: draft.turn_kind,
    action: sales.action,
    origin,
    note: sales.note,
    text: question ? `${words}\n\n${question}` : words,
    /** As it is edited: [TIMES] and [MEETING] are filled in when it is sent. */
    reply: sales.reply,
    when: offer ? formatSlot(offer.start, business.timeZone, language, { withZone: true }) : null,
    sellerId: offer?.sellerId ?? null,
    at: draft.created_at,
  }
}
