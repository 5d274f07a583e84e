import type { LeadRow as Row } from '@lead/contract/console'
import { CircleAlert, CornerUpLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { shownName } from '../texts/shown-name.ts'
import { fill, type Language, type Texts } from '../texts/texts.ts'
import { ago, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Holder } from '../ui/holder.tsx'
import { StageMeter } from '../ui/stage-meter.tsx'
import { ThinkingDot } from '../ui/thinking-dot.tsx'
import { whyHeld } from '../lead/why-held.ts'

type Props = { lead: Row; isChosen: boolean; now: number; onChoose: () => void }

export function LeadRow({ lead, isChosen, now, onChoose }: Props) {
  const texts = useTexts()
  const { language } = useLanguage()
  const isUnanswered = lead.unansweredSince !== null
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-current={isChosen ? 'true' : undefined}
      className={`flex h-full w-full items-start gap-3 border-b px-4 py-2.5 text-left transition-colors duration-75 ${isChosen ? 'bg-hover' : 'hover:bg-panel'}`}
    >
      <span className="pt-0.5">
        <Holder lead={lead} />
      </span>
      <span className="min-w-0 grow">
        <span className="flex items-baseline justify-between gap-2">
          <span className={`truncate ${isUnanswered ? 'font-semibold' : 'font-medium'}`}>
            {shownName(lead)}
          </span>
          <span className="num shrink-0 text-2xs text-faint">{ago(lead.lastAt, texts, now)}</span>
        </span>
        <span className={`block truncate ${isUnanswered ? 'text-ink' : 'text-soft'}`}>
          {lead.lastDelivery === 'dead' && (
            <CircleAlert size={12} className="mr-1 inline align-[-1px] text-attention" />
          )}
          {lead.lastAuthor !== null && lead.lastAuthor !== 'lead' && (
            <CornerUpLeft size={12} className="mr-1 inline align-[-1px] text-faint" />
          )}
          {lead.found ?? lead.lastText ?? texts.thread.empty}
        </span>
        <span className="mt-0.5 flex h-5 items-center justify-between gap-2 text-xs">
          <span className="min-w-0 truncate">{standing(lead, texts, language, now)}</span>
          <StageMeter stage={lead.stage} />
        </span>
      </span>
    </button>
  )
}

/** In a few words, what this lead waits for. */
function standing(lead: Row, texts: Texts, language: Language, now: number): ReactNode {
  if (lead.isThinking)
    return (
      <span className="text-assistant">
        <ThinkingDot />
        {texts.thread.thinking}
      </span>
    )
  if (lead.hasDraft) return <span className="text-assistant">{texts.draft.waits}</span>
  if (lead.queue === 'attention')
    return (
      <span className="text-attention">
        {lead.unansweredSince ? `${ago(lead.unansweredSince, texts, now)} · ` : ''}
        {whyHeld(lead, texts)}
      </span>
    )
  if (lead.snoozedUntil)
    return (
      <span className="text-faint">
        {fill(texts.control.snoozed, { when: moment(lead.snoozedUntil, { language }) })}
      </span>
    )
  if (lead.control === 'paused' && lead.controlUntil)
    return (
      <span className="text-faint">
        {fill(texts.control.pausedUntil, { when: moment(lead.controlUntil, { language }) })}
      </span>
    )
  if (lead.queue === 'human') return <span className="text-faint">{whyHeld(lead, texts)}</span>
  if (lead.next && new Date(lead.next.at).getTime() > now)
    return (
      <span className="text-faint">
        {texts.turnKind[lead.next.kind]} · {moment(lead.next.at, { language })}
      </span>
    )
  return <span className="text-faint">{texts.queue[lead.queue]}</span>
}
