import type { TurnTrace } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { ShieldX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { rawTurnQuery, turnsQuery } from '../api/queries.ts'
import { fill, type Texts } from '../texts/texts.ts'
import { duration, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Chip } from '../ui/chip.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'

/** Each thought of the assistant, the newest first: what it heard, what it had at hand, what was refused, what it did. */
export function Why({ leadId, turnId }: { leadId: number; turnId: number | undefined }) {
  const texts = useTexts()
  const query = useQuery(turnsQuery(leadId))
  if (query.isPending) return <Skeleton lines={12} />
  if (query.isError) return <Failed onAgain={() => void query.refetch()} />
  if (query.data.turns.length === 0)
    return (
      <div className="flex h-full">
        <Empty>{texts.why.empty}</Empty>
      </div>
    )
  return (
    <ol className="divide-y">
      {query.data.turns.map((turn) => (
        <Thought key={turn.id} leadId={leadId} turn={turn} isAsked={turn.id === turnId} />
      ))}
    </ol>
  )
}

const tones: Record<TurnTrace['state'], string> = {
  pending: 'bg-waiting-tint text-soft',
  running: 'bg-assistant-tint text-assistant',
  done: 'bg-booked-tint text-booked',
  superseded: 'bg-waiting-tint text-soft',
  cancelled: 'bg-waiting-tint text-soft',
  failed: 'bg-attention-tint text-attention',
}

function Thought({ leadId, turn, isAsked }: { leadId: number; turn: TurnTrace; isAsked: boolean }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const item = useRef<HTMLLIElement>(null)
  const [isRaw, setRaw] = useState(false)
  useEffect(() => {
    if (isAsked) item.current?.scrollIntoView({ block: 'start' })
  }, [isAsked])
  return (
    <li ref={item} className={`px-5 py-4 ${isAsked ? 'bg-assistant-tint' : ''}`}>
      <div className="mb-2 flex items-baseline justify-between gap-2">
        <h3 className="font-semibold">{texts.turnKind[turn.kind]}</h3>
        <span className="flex items-baseline gap-2">
          <span className="num text-2xs text-faint">
            {moment(turn.decidedAt ?? turn.runAt, { language })}
          </span>
          <Chip className={tones[turn.state]}>{texts.turnState[turn.state]}</Chip>
        </span>
      </div>
      <div className="flex flex-col gap-2.5 text-pretty">
        <Heard turn={turn} />
        <AtHand turn={turn} />
        {turn.refused.map((refusal, index) => (
          <div key={index} className="rounded-md bg-attention-tint p-2.5">
            <p className="flex items-center gap-1.5 text-xs font-medium text-attention">
              <ShieldX size={14} /> {texts.why.refused}
            </p>
            <p className="mt-1 break-words">{refusal.problem}</p>
            <p className="mt-1 text-soft line-through decoration-line-strong break-words">{refusal.reply}</p>
          </div>
        ))}
        {turn.lost.length > 0 && <p>{texts.why.lost}</p>}
        {turn.action && (
          <div>
            <p className="font-medium">
              {texts.why.decided[turn.action]}
              {turn.origin && (
                <span className="font-normal text-soft">, {texts.why.origin[turn.origin]}</span>
              )}
            </p>
            {turn.note && (
              <p className="text-soft break-words">
                {texts.why.note}: {turn.note}
              </p>
            )}
          </div>
        )}
        {turn.attempts > 1 && <p className="text-soft">{fill(texts.why.attempts, { n: turn.attempts })}</p>}
        {turn.lastError && turn.state !== 'done' && (
          <p className="text-soft break-words">{fill(texts.why.ended, { reason: turn.lastError })}</p>
        )}
        <p className="flex flex-wrap gap-x-3 text-2xs text-faint">
          {tookSeconds(turn) !== null && (
            <span className="num">
              {fill(texts.why.took, { time: duration(tookSeconds(turn) ?? 0, texts, language) })}
            </span>
          )}
          {turn.prompts.length > 0 && (
            <span>{fill(texts.why.prompts, { names: turn.prompts.join(', ') })}</span>
          )}
          {turn.calls.map((call, index) => (
            <span key={index} className="num">
              {call.model} {call.outcome === 'ok' ? '' : `(${call.outcome}) `}
              {(call.ms / 1000).toFixed(1)} s
              {call.input !== null && call.output !== null && `, ${call.input} + ${call.output}`}
              {call.cost !== null && `, $${call.cost.toFixed(4)}`}
            </span>
          ))}
          {turn.executionUrl && (
            <a className="underline hover:text-ink" href={turn.executionUrl} target="_blank" rel="noreferrer">
              {texts.why.inN8n}
            </a>
          )}
          <button type="button" className="underline hover:text-ink" onClick={() => setRaw(!isRaw)}>
            {isRaw ? texts.why.hideRaw : `${texts.why.raw} #${turn.id}`}
          </button>
        </p>
        {isRaw && <Raw leadId={leadId} turnId={turn.id} />}
      </div>
    </li>
  )
}

const tookSeconds = ({ decidedAt, runAt }: TurnTrace): number | null =>
  decidedAt ? Math.max(0, (Date.parse(decidedAt) - Date.parse(runAt)) / 1000) : null

function Heard({ turn }: { turn: TurnTrace }) {
  const texts = useTexts()
  const learned = Object.entries(turn.learned) as [keyof Texts['fact'], string][]
  return (
    <>
      {turn.heard.length > 0 && (
        <div>
          <p className="text-xs text-faint">{texts.why.wrote}</p>
          {turn.heard.map((text, index) => (
            <p key={index} className="line-clamp-4 border-l-2 border-line-strong pl-2.5 break-words">
              {text}
            </p>
          ))}
        </div>
      )}
      {turn.intent && (
        <p>
          {fill(texts.why.heard, { intent: texts.intent[turn.intent] })}
          {turn.confidence !== null && (
            <span className="num text-soft">
              {', '}
              {fill(texts.why.sure, { n: Math.round(turn.confidence * 100) })}
            </span>
          )}
          {turn.also.length > 0 &&
            `, ${fill(texts.why.also, { intents: turn.also.map((one) => texts.intent[one]).join(', ') })}`}
          .{' '}
          {turn.timeQuotes.length > 0 &&
            fill(texts.why.quotes, { quotes: turn.timeQuotes.map((quote) => `«${quote}»`).join(', ') })}
        </p>
      )}
      {learned.length > 0 && (
        <div>
          <p className="text-xs text-faint">{texts.why.learned}</p>
          {learned.map(([name, value]) => (
            <p key={name} className="break-words">
              <span className="text-soft">{texts.fact[name]}:</span> {value}
            </p>
          ))}
        </div>
      )}
    </>
  )
}

function AtHand({ turn }: { turn: TurnTrace }) {
  const texts = useTexts()
  return (
    <>
      {turn.knowledge && (
        <p className="break-words">
          {turn.knowledge.found.length > 0
            ? fill(texts.why.looked, { ids: turn.knowledge.found.join(', ') })
            : texts.why.lookedInVain}
          {turn.cited.length > 0 && ` ${fill(texts.why.cited, { ids: turn.cited.join(', ') })}`}
        </p>
      )}
      {turn.wishUnclear && <p>{texts.why.wishUnclear}</p>}
      {turn.wishFree === false && <p>{texts.why.wishTaken}</p>}
      {turn.wishFree === true && <p>{texts.why.wishFree}</p>}
      {turn.offers.length > 0 && (
        <div>
          <p className="mb-1 text-xs text-faint">{texts.why.offered}</p>
          <ul className="flex flex-wrap gap-1">
            {turn.offers.map((offer) => (
              <li key={offer.id}>
                <Chip
                  className={
                    offer.id === turn.pickedOfferId
                      ? 'bg-booked-tint text-booked'
                      : 'border bg-raised text-soft'
                  }
                >
                  <span className="num">{offer.label}</span>
                  {offer.id === turn.pickedOfferId && ` · ${texts.why.picked}`}
                </Chip>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function Raw({ leadId, turnId }: { leadId: number; turnId: number }) {
  const query = useQuery(rawTurnQuery(leadId, turnId))
  if (query.isPending) return <Skeleton lines={4} />
  if (query.isError) return <Failed onAgain={() => void query.refetch()} />
  return (
    <pre
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border bg-raised p-3 text-2xs break-words whitespace-pre-wrap"
    >
      {JSON.stringify(query.data, null, 2)}
    </pre>
  )
}
