import { actions, type Decision } from '@lead/contract'
import { formatSlot } from '@lead/scheduling'
import { texts } from '../../../texts/index.ts'
import type { Meeting } from '../meetings/google-event.ts'
import type { Language } from '../leads/lead.ts'
import { maskName } from '../replies/mask-name.ts'

/** The message as the lead will see it: real times in place of [TIMES] and [MEETING], written by code in the lead's zone. */
export function renderReply(
  { sales, offers }: Decision,
  {
    language,
    timeZone,
    sellerZone = timeZone,
    meeting,
    name = null,
  }: {
    language: Language
    timeZone: string
    sellerZone?: string
    meeting: Pick<Meeting, 'starts_at' | 'meet_link'> | null
    name?: string | null
  },
): string {
  const { masked, restore } = maskName(sales.reply, name)
  const labels = offers.map(({ label }) => label)
  // "[TIMES]?" is a question in one line: the list with its numbers stands in an earlier message.
  const list = masked.includes('[TIMES]?')
    ? inOneLine(labels, language)
    : labels.map((label, index) => `${index + 1}) ${label}`).join('\n')
  const when = meeting
    ? formatSlot(meeting.starts_at.toISOString(), timeZone, language, {
        withZone: true,
        alsoIn: sellerZone,
      })
    : ''
  // Whoever is booked is told the time, also when the model forgot to.
  const { takesTime } = actions[sales.action]
  const reply = takesTime && when && !masked.includes('[MEETING]') ? `${masked}\n[MEETING]` : masked
  const text = restore(reply.replace('[TIMES]', () => list).replace('[MEETING]', () => when))
  return reply.includes('[MEETING]') && meeting?.meet_link
    ? `${text}\n${texts[language].lead.meetingLink(meeting.meet_link)}`
    : text
}

function inOneLine(labels: string[], language: Language): string {
  const [last = '', ...others] = labels.toReversed()
  if (others.length === 0) return last
  return texts[language].lead.oneOf({ first: others.toReversed().join('; '), last })
}
