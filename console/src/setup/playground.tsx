import type { PlaygroundTalk } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { MessageCircle, RotateCcw, SendHorizontal } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { playgroundQuery, queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { clock } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { inputLook } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import { PromptToTry } from './prompt-to-try.tsx'

/** The talk that is open; it survives a look at another page. */
let opened: string | null = null

/** A talk with the assistant in the place of a lead; beside each answer stands how it came to it. */
export function Playground() {
  const texts = useTexts()
  const { language } = useLanguage()
  const [id, setId] = useState(opened)
  const [prompt, setPrompt] = useState<string | null>(null)
  const open = (next: string | null) => {
    opened = next
    setId(next)
  }
  const query = useQuery({ ...playgroundQuery(id ?? ''), enabled: id !== null })
  const talk = id === null ? undefined : query.data
  const say = useMutation({
    mutationFn: (text: string | null) =>
      ask(api.POST('/console/playground', { body: { id, text, language, prompt } })),
    onSuccess: (next) => {
      queryClient.setQueryData(playgroundQuery(next.id).queryKey, next)
      open(next.id)
    },
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // It gives a promise in newer browsers, which is nothing to clean up.
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [talk?.lines.length, talk?.state])
  const isThinking = say.isPending || talk?.state === 'thinking'
  const isForgotten = id !== null && query.isError
  return (
    <div className="mx-auto flex min-h-[calc(100%-49px)] max-w-3xl flex-col px-5 py-5 max-sm:px-3">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-72">
          <h2 className="text-base font-semibold">{texts.setup.playground}</h2>
          <p className="text-soft text-pretty">{texts.setup.playgroundIs}</p>
        </div>
        {id !== null && (
          <Button icon={<RotateCcw size={14} />} onClick={() => open(null)}>
            {texts.setup.startOver}
          </Button>
        )}
      </div>
      {id === null && !say.isPending ? (
        <div className="flex grow flex-col items-center justify-center gap-3 py-10">
          <MessageCircle size={28} className="text-faint" />
          <Button look="primary" onClick={() => say.mutate(null)}>
            {texts.setup.begin}
          </Button>
          <p className="text-xs text-faint">{texts.setup.beginSelf}</p>
          <PromptToTry prompt={prompt} onPrompt={setPrompt} />
        </div>
      ) : (
        <div role="log" aria-label={texts.setup.playground} className="flex grow flex-col gap-4 pb-4">
          {prompt !== null && (
            <p className="rounded-md bg-human-tint px-3 py-2 text-human">{texts.setup.promptTried}</p>
          )}
          {talk?.lines.map((line, index) => (
            <Line key={index} line={line} />
          ))}
          {isThinking && (
            <p role="status" className="animate-breathe self-start text-assistant">
              {texts.setup.thinking}
            </p>
          )}
          {talk?.state === 'failed' && (
            <p role="alert" className="rounded-md bg-attention-tint px-3 py-2 text-attention break-words">
              {fill(texts.setup.failed, { problem: talk.problem ?? '' })}
            </p>
          )}
          {talk?.state === 'handed_off' && (
            <p className="rounded-md bg-human-tint px-3 py-2 text-human">{texts.setup.handedOff}</p>
          )}
          {isForgotten && (
            <p role="alert" className="rounded-md bg-attention-tint px-3 py-2 text-attention">
              {texts.setup.forgotten}
            </p>
          )}
        </div>
      )}
      <Words
        isShut={isThinking || isForgotten || talk?.state === 'handed_off'}
        onSay={(text) => say.mutate(text)}
      />
      <div ref={end} />
    </div>
  )
}

function Words({ isShut, onSay }: { isShut: boolean; onSay: (text: string) => void }) {
  const texts = useTexts()
  const [text, setText] = useState('')
  const send = () => {
    if (!text.trim() || isShut) return
    onSay(text.trim())
    setText('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      onSubmit={submit}
      className="sticky bottom-0 flex gap-2 border-t bg-paper py-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))]"
    >
      <textarea
        rows={1}
        value={text}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        aria-label={texts.setup.write}
        placeholder={texts.setup.write}
        className={`${inputLook} max-h-40 min-w-0 grow resize-none field-sizing-content py-2 text-base`}
      />
      <Button
        type="submit"
        look="primary"
        className="h-9 self-end max-sm:h-11"
        disabled={isShut || !text.trim()}
        icon={<SendHorizontal size={14} />}
      >
        {texts.setup.send}
      </Button>
    </form>
  )
}

function Line({ line }: { line: PlaygroundTalk['lines'][number] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const isLead = line.from === 'lead'
  const { thought } = line
  return (
    <article className={`flex flex-col ${isLead ? 'items-end' : 'items-start'}`}>
      <p className="mb-1 px-1 text-xs">
        <span className={`font-medium ${isLead ? 'text-soft' : 'text-assistant'}`}>
          {isLead ? texts.setup.lead : texts.author.ai}
        </span>{' '}
        <time dateTime={line.at} className="num text-2xs text-faint">
          {clock(line.at, { language })}
        </time>
      </p>
      <div
        className={`max-w-[min(34rem,88%)] rounded-lg px-3.5 py-2 text-base break-words whitespace-pre-line ${isLead ? 'border bg-raised' : 'bg-assistant-tint'}`}
      >
        {line.text}
      </div>
      {thought && <Thought thought={thought} />}
    </article>
  )
}

function Thought({ thought }: { thought: NonNullable<PlaygroundTalk['lines'][number]['thought']> }) {
  const texts = useTexts()
  const { intent, action, note, origin, refused, stage, google, ms } = thought
  return (
    <div className="mt-1.5 max-w-[min(34rem,88%)] border-l-2 pl-3 text-xs text-soft">
      <p className="flex flex-wrap items-center gap-1.5">
        {intent && <span>{fill(texts.setup.heard, { intent: texts.intent[intent] })}</span>}
        <Chip>{texts.why.decided[action]}</Chip>
        <span>{fill(texts.setup.stage, { stage: texts.stage[stage] })}</span>
        <span className="num text-faint">{fill(texts.setup.took, { time: (ms / 1000).toFixed(1) })}</span>
      </p>
      {origin !== 'ai' && <p>{texts.why.origin[origin]}</p>}
      {note && (
        <p className="break-words">
          {texts.why.note}: {note}
        </p>
      )}
      {google.length > 0 && (
        <p>
          {fill(texts.setup.google, {
            steps: google.map((step) => texts.setup.googleStep[step]).join(', '),
          })}
        </p>
      )}
      {refused.map((problem, index) => (
        <p key={index} className="break-words text-attention">
          {fill(texts.setup.refused, { problem })}
        </p>
      ))}
    </div>
  )
}
