import type { LeadCard } from '@lead/contract/console'
import { NotebookPen, SendHorizontal, Sparkles } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useMay } from '../session/use-me.ts'
import { shownName } from '../texts/shown-name.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import type { Work } from './use-work.ts'

/** What is written, and how often the field was asked for: each time it takes the focus. */
export type Draft = { kind: 'reply' | 'note'; focus: number }

/** What one has typed and not sent, by lead: going elsewhere and back loses nothing. */
const drafts = new Map<string, string>()
const longest = 4000

/** Puts words into the field of a lead's answer. */
export const keepTyped = (leadId: number, text: string) => void drafts.set(`${leadId}-reply`, text)

type Props = { lead: LeadCard; work: Work; draft: Draft; onKind: (kind: Draft['kind']) => void }

export function Composer({ lead, work, draft, onKind }: Props) {
  const texts = useTexts()
  const mayWork = useMay('work')
  const area = useRef<HTMLTextAreaElement>(null)
  const { kind, focus } = draft
  const place = `${lead.id}-${kind}`
  const [text, setText] = useState(drafts.get(place) ?? '')
  useEffect(() => setText(drafts.get(place) ?? ''), [place])
  useEffect(() => {
    if (focus === 0) return
    setText(drafts.get(place) ?? '')
    area.current?.focus()
  }, [focus, place])
  useEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`
  }, [text])
  if (!mayWork)
    return <p className="shrink-0 border-t px-5 py-3 text-center text-faint">{texts.composer.viewer}</p>

  const isNote = kind === 'note'
  const isShut = !isNote && lead.optedOutAt !== null
  const isBusy = work.write.isPending || work.note.isPending
  const change = (changed: string) => {
    drafts.set(place, changed)
    setText(changed)
  }
  const isSending = useRef(false)
  const send = () => {
    const said = text.trim()
    if (!said || isShut || isSending.current) return
    isSending.current = true
    const onSettled = () => {
      isSending.current = false
    }
    // Meanwhile one may have gone to another lead, or typed on.
    const onSuccess = () => {
      if (drafts.get(place)?.trim() !== said) return
      drafts.delete(place)
      setText((shown) => (shown.trim() === said ? '' : shown))
    }
    if (isNote) work.note.mutate({ text: said }, { onSuccess, onSettled })
    // A key of its own: pressing twice while the answer is lost says it once.
    else
      work.write.mutate(
        { text: said, key: keyOf(lead.id, said) },
        { onSuccess: () => (forgetKey(lead.id), onSuccess()), onSettled },
      )
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  return (
    <div className="shrink-0 px-4 pb-4 max-sm:px-2 max-sm:pb-2">
      <div
        className={`mx-auto max-w-3xl rounded-lg border transition-colors ${isNote ? 'border-note-line bg-note' : 'border-line-strong bg-raised'}`}
      >
        <div className="flex gap-1 px-2 pt-2" role="group" aria-label={texts.composer.reply}>
          {(['reply', 'note'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={kind === name}
              onClick={() => onKind(name)}
              className={`h-7 rounded-sm px-2 text-xs font-medium max-sm:h-9 ${kind === name ? 'bg-hover' : 'text-soft hover:bg-hover'}`}
            >
              {texts.composer[name]}
            </button>
          ))}
        </div>
        <textarea
          ref={area}
          rows={2}
          value={text}
          maxLength={longest}
          disabled={isShut}
          onChange={(event) => change(event.target.value)}
          onKeyDown={press}
          aria-label={isNote ? texts.composer.note : texts.composer.reply}
          placeholder={
            isNote
              ? texts.composer.placeholderNote
              : fill(texts.composer.placeholder, { name: shortName(shownName(lead)) })
          }
          className="block max-h-55 w-full resize-none bg-transparent px-3.5 py-2 text-base outline-none placeholder:text-faint"
        />
        <div className="flex min-h-11 items-center justify-between gap-3 px-2 pb-2 pl-3.5">
          <p className="grow text-xs text-faint text-pretty">
            {isShut
              ? texts.composer.optedOut
              : !isNote && lead.control !== 'human' && text.trim()
                ? texts.composer.takesOver
                : ''}
          </p>
          {!isNote &&
            !isShut &&
            lead.control === 'human' &&
            !lead.draft &&
            !lead.thinking &&
            !text.trim() && (
              <Button
                look="quiet"
                icon={<Sparkles size={14} />}
                isBusy={work.suggest.isPending}
                onClick={() => work.suggest.mutate()}
              >
                {texts.draft.suggest}
              </Button>
            )}
          <Button
            look="primary"
            disabled={!text.trim() || isShut}
            isBusy={isBusy}
            onClick={send}
            title={texts.composer.keys}
            icon={isNote ? <NotebookPen size={14} /> : <SendHorizontal size={14} />}
          >
            {isNote ? texts.composer.save : texts.composer.send}
          </Button>
        </div>
      </div>
    </div>
  )
}

const longestName = 60
const shortName = (name: string) => (name.length <= longestName ? name : `${name.slice(0, longestName)}…`)

const keys = new Map<number, { said: string; key: string }>()
function keyOf(leadId: number, said: string): string {
  const known = keys.get(leadId)
  if (known?.said === said) return known.key
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('')
  keys.set(leadId, { said, key })
  return key
}
const forgetKey = (leadId: number) => void keys.delete(leadId)
