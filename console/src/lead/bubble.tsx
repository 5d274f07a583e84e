import type { LeadCard, Message } from '@lead/contract/console'
import { Ban, Check, CircleAlert, Clock, Lightbulb, Paperclip, RotateCw, ThumbsDown } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from '../inbox/inbox-place.ts'
import { useMay, useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { clock, moment, offsetMin, ownZone } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import type { Work } from './use-work.ts'
import { WrongDialog } from './wrong-dialog.tsx'

type Props = { message: Message; lead: LeadCard; isFollowing: boolean; work: Work }

const tones: Record<Message['author'], string> = {
  lead: 'border border-line bg-raised',
  ai: 'bg-assistant-tint',
  human: 'bg-human-tint',
  system: 'border border-dashed border-line-strong',
}
const names: Record<Message['author'], string> = {
  lead: 'text-soft',
  ai: 'text-assistant',
  human: 'text-human',
  system: 'text-soft',
}

/** One message: whose it is, when in both zones, and whether it arrived. */
export function Bubble({ message, lead, isFollowing, work }: Props) {
  const texts = useTexts()
  const { language } = useLanguage()
  const me = useMe()
  const isOurs = message.direction === 'out'
  const { state } = message.delivery
  const isUnsaid = state === 'cancelled'
  const zone = lead.timeZone
  const differs = zone !== null && offsetMin(message.at, zone) !== offsetMin(message.at, ownZone)
  const author =
    message.author === 'lead'
      ? (lead.contactName ?? lead.name)
      : message.writtenBy === me.name
        ? texts.author.you
        : (message.writtenBy ?? texts.author[message.author])
  return (
    <article
      className={`group flex flex-col ${isOurs ? 'items-end' : 'items-start'} ${isFollowing ? '' : 'mt-3'}`}
    >
      {!isFollowing && (
        <p className="mb-1 px-1 text-xs">
          <span className={`font-medium ${names[message.author]}`}>{author}</span>
        </p>
      )}
      <div
        className={`max-w-[min(34rem,88%)] rounded-lg px-3.5 py-2 ${tones[message.author]} ${isUnsaid ? 'opacity-60' : ''} ${state === 'dead' ? 'ring-1 ring-attention' : ''}`}
      >
        {message.deletedAt && <p className="text-xs text-attention">{texts.thread.deleted}</p>}
        <Content message={message} leadId={lead.id} isOff={isUnsaid || message.deletedAt !== null} />
        {message.originalText && (
          <p className="mt-1 border-l-2 border-line-strong pl-2 text-xs text-soft break-words">
            {fill(texts.thread.before, { text: message.originalText })}
          </p>
        )}
      </div>
      <p className="mt-0.5 flex min-h-4 flex-wrap items-center gap-x-2 px-1 text-2xs text-faint">
        <time dateTime={message.at} className="num">
          {clock(message.at, { language })}
        </time>
        {differs && zone && (
          <span className="num">
            {fill(texts.thread.theirTime, { time: clock(message.at, { language, zone }) })}
          </span>
        )}
        {message.editedAt && <span>{texts.thread.edited}</span>}
        {isOurs && <Delivery message={message} onRetry={() => work.retry.mutate(message.id)} />}
        {message.author === 'ai' && message.turnId !== null && <WhyButton turnId={message.turnId} />}
        {message.author === 'ai' && <WrongButton message={message} work={work} />}
      </p>
    </article>
  )
}

function WrongButton({ message, work }: { message: Message; work: Work }) {
  const texts = useTexts()
  const mayWork = useMay('work')
  const [isAsking, setAsking] = useState(false)
  if (!mayWork) return message.right ? <span className="text-attention">{texts.wrong.marked}</span> : null
  return (
    <>
      <button
        type="button"
        onClick={() => setAsking(true)}
        title={message.right ?? undefined}
        className={`inline-flex items-center gap-0.5 rounded-sm hover:text-ink hover:underline ${message.right ? 'text-attention' : ''}`}
      >
        <ThumbsDown size={11} />
        {message.right ? texts.wrong.marked : texts.wrong.mark}
      </button>
      {isAsking && <WrongDialog message={message} work={work} onClose={() => setAsking(false)} />}
    </>
  )
}

function WhyButton({ turnId }: { turnId: number }) {
  const texts = useTexts()
  const { go } = useInboxPlace()
  return (
    <button
      type="button"
      onClick={() => go({ side: 'why', turn: turnId }, true)}
      className="inline-flex items-center gap-0.5 rounded-sm hover:text-ink hover:underline"
    >
      <Lightbulb size={11} />
      {texts.thread.why}
    </button>
  )
}

function Content({ message, leadId, isOff }: { message: Message; leadId: number; isOff: boolean }) {
  const texts = useTexts()
  const address = `/console/leads/${leadId}/files/${message.id}`
  const isHeard = message.kind === 'voice' || message.kind === 'audio'
  const isStored = message.file === 'stored'
  return (
    <>
      {isStored && isHeard && (
        <audio controls preload="none" src={address} className="mb-1 h-9 w-64 max-w-full" />
      )}
      {isStored && message.kind === 'photo' && (
        <a href={address} target="_blank" rel="noreferrer">
          <img src={address} alt={texts.kind.photo} className="mb-1 max-h-72 rounded-md" loading="lazy" />
        </a>
      )}
      {isStored && !isHeard && message.kind !== 'photo' && (
        <a
          href={address}
          download={message.fileName ?? ''}
          className="mb-1 flex items-center gap-1.5 underline"
        >
          <Paperclip size={13} />
          {message.fileName ?? texts.thread.save}
        </a>
      )}
      {message.file !== null && !isStored && (
        <p className="mb-1 flex items-center gap-1.5 text-xs text-soft">
          <Paperclip size={13} />
          {message.file === 'pending'
            ? texts.thread.filePending
            : message.file === 'too_large'
              ? texts.thread.fileTooLarge
              : texts.thread.noFile}
        </p>
      )}
      <p
        className={`text-base break-words whitespace-pre-wrap ${isOff ? 'line-through decoration-faint' : ''}`}
      >
        {message.text}
      </p>
      {message.transcript && !message.text.includes(message.transcript) && (
        <p className="mt-1 text-soft">
          <span className="text-xs text-faint">{texts.thread.transcript}: </span>
          {message.transcript}
        </p>
      )}
    </>
  )
}

function Delivery({ message, onRetry }: { message: Message; onRetry: () => void }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const mayWork = useMay('work')
  const { state, reason, runAt } = message.delivery
  if (state === 'delivered')
    return (
      <span className="inline-flex items-center gap-0.5" title={texts.delivery.delivered}>
        <Check size={12} />
        <span className="sr-only">{texts.delivery.delivered}</span>
      </span>
    )
  if (state === 'dead')
    return (
      <span className="inline-flex flex-wrap items-center gap-1 text-xs text-attention">
        <CircleAlert size={12} />
        {texts.delivery.dead}
        {reason && <span className="text-soft">({reason})</span>}
        {mayWork && (
          <Button look="quiet" className="h-6 px-1.5" icon={<RotateCw size={12} />} onClick={onRetry}>
            {texts.thread.retry}
          </Button>
        )}
      </span>
    )
  if (state === 'cancelled')
    return (
      <span className="inline-flex items-center gap-1">
        <Ban size={11} />
        {texts.delivery.cancelled}
        {reason && `: ${reason}`}
      </span>
    )
  const isLater = runAt !== null && Date.parse(runAt) > Date.now() + 5000
  return (
    <span className="inline-flex items-center gap-1">
      <Clock size={11} />
      {isLater ? fill(texts.thread.waits, { when: moment(runAt, { language }) }) : texts.delivery[state]}
      {isLater && reason && `: ${reason}`}
    </span>
  )
}
