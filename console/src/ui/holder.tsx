import type { LeadRow, Queue } from '@lead/contract/console'
import { Bot, CalendarCheck, CircleAlert, CircleCheck, Clock, UserRound } from 'lucide-react'
import type { ComponentType } from 'react'

type Look = {
  icon: ComponentType<{ size?: number; className?: string }>
  text: string
  tint: string
  solid: string
}

/** The one meaning of colour on these pages: who has the ball. */
export const queueLooks: Record<Queue, Look> = {
  attention: { icon: CircleAlert, text: 'text-attention', tint: 'bg-attention-tint', solid: 'bg-attention' },
  assistant: { icon: Bot, text: 'text-assistant', tint: 'bg-assistant-tint', solid: 'bg-assistant' },
  human: { icon: UserRound, text: 'text-human', tint: 'bg-human-tint', solid: 'bg-human' },
  waiting: { icon: Clock, text: 'text-waiting', tint: 'bg-waiting-tint', solid: 'bg-waiting' },
  booked: { icon: CalendarCheck, text: 'text-booked', tint: 'bg-booked-tint', solid: 'bg-booked' },
  closed: { icon: CircleCheck, text: 'text-faint', tint: 'bg-waiting-tint', solid: 'bg-line-strong' },
}

const initials = (name: string) =>
  name
    .split(/[\s,.]+/)
    .flatMap((word) => (/^\p{L}/u.test(word) ? [[...word][0]!.toUpperCase()] : []))
    .slice(0, 2)
    .join('') || '#'

/** The lead's initials in the colour of who has the ball, with the sign of it. */
export function Holder({ lead, size = 32 }: { lead: Pick<LeadRow, 'name' | 'queue'>; size?: 32 | 40 }) {
  const { icon: Icon, text, tint } = queueLooks[lead.queue]
  return (
    <span
      aria-hidden
      className={`relative inline-flex shrink-0 items-center justify-center rounded-full font-semibold ${text} ${tint} ${size === 40 ? 'size-10 text-sm' : 'size-8 text-2xs'}`}
    >
      {initials(lead.name)}
      <span className="absolute -right-1 -bottom-0.5 rounded-full bg-paper p-px">
        <Icon size={12} className={text} />
      </span>
    </span>
  )
}
