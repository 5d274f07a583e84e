import type { LeadCard } from '@lead/contract/console'
import { CalendarCheck, Pencil, SendHorizontal, Sparkles, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMay, useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { AskReasonDialog } from './ask-reason-dialog.tsx'
import type { Work } from './use-work.ts'

type Draft = NonNullable<LeadCard['draft']>
const longest = 1500

/** What the assistant would say and do, until somebody lets it through: one tap, other words, or no. */
export function DraftPanel({
  draft,
  work,
  onUse,
}: {
  draft: Draft
  work: Work
  onUse: (text: string) => void
}) {
  const texts = useTexts()
  const mayWork = useMay('work')
  const [edited, setEdited] = useState<string | null>(null)
  const [isRejecting, setRejecting] = useState(false)
  useEffect(() => {
    setEdited(null)
    setRejecting(false)
  }, [draft.id])
  const isBusy = work.approve.isPending || work.reject.isPending
  const isApproval = draft.kind === 'approval'
  const approve = () =>
    work.approve.mutate({ draftId: draft.id, ...(edited === null ? {} : { reply: edited.trim() }) })
  return (
    <section aria-label={texts.draft.title[draft.kind]} className="shrink-0 px-4 pb-3 max-sm:px-2">
      <div className="mx-auto max-w-3xl animate-rise rounded-lg border border-assistant bg-assistant-tint">
        <p className="flex flex-wrap items-center gap-x-2 px-3.5 pt-2.5 text-xs font-medium text-assistant">
          <Sparkles size={13} />
          {texts.draft.title[draft.kind]}
          <Deed draft={draft} />
        </p>
        {edited === null ? (
          <p className="max-h-55 overflow-y-auto px-3.5 py-2 text-base break-words whitespace-pre-wrap">
            {draft.text}
          </p>
        ) : (
          <div className="px-2 pt-2">
            <textarea
              autoFocus
              rows={4}
              value={edited}
              maxLength={longest}
              onChange={(event) => setEdited(event.target.value)}
              aria-label={texts.draft.edit}
              className="block w-full resize-y rounded-sm border border-line-strong bg-raised px-2.5 py-2 text-base"
            />
            {/\[(TIMES|MEETING)\]/.test(draft.reply) && (
              <p className="px-1 pt-1 text-xs text-soft">{texts.draft.places}</p>
            )}
          </div>
        )}
        {mayWork && (
          <div className="flex flex-wrap gap-2 px-2 pt-1 pb-2">
            {isApproval ? (
              <>
                <Button
                  look="primary"
                  icon={<SendHorizontal size={14} />}
                  isBusy={isBusy}
                  disabled={edited?.trim() === ''}
                  onClick={approve}
                >
                  {edited === null ? texts.draft.approve : texts.draft.approveEdited}
                </Button>
                {edited === null ? (
                  <Button icon={<Pencil size={14} />} onClick={() => setEdited(draft.reply)}>
                    {texts.draft.edit}
                  </Button>
                ) : (
                  <Button onClick={() => setEdited(null)}>{texts.app.cancel}</Button>
                )}
                <Button look="quiet" icon={<X size={14} />} onClick={() => setRejecting(true)}>
                  {texts.draft.reject}
                </Button>
              </>
            ) : (
              <>
                <Button look="primary" icon={<Pencil size={14} />} onClick={() => onUse(draft.text)}>
                  {texts.draft.use}
                </Button>
                <Button
                  look="quiet"
                  icon={<X size={14} />}
                  isBusy={isBusy}
                  onClick={() => work.reject.mutate({ draftId: draft.id, reason: '-' })}
                >
                  {texts.draft.dismiss}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      {isRejecting && (
        <AskReasonDialog
          title={texts.draft.rejectTitle}
          text={texts.draft.rejectText}
          confirm={texts.draft.reject}
          onConfirm={(reason) => work.reject.mutate({ draftId: draft.id, reason })}
          onClose={() => setRejecting(false)}
        />
      )}
    </section>
  )
}

/** What it would do besides its words. */
function Deed({ draft }: { draft: Draft }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const { sellers } = useMe()
  if (draft.kind === 'suggestion' || draft.action === 'talk') return null
  const seller = sellers.find(({ id }) => id === draft.sellerId)?.name[language]
  return (
    <span className="inline-flex items-center gap-1 font-normal text-ink">
      <CalendarCheck size={13} />
      {fill(texts.draft.does[draft.action], { when: [draft.when, seller].filter(Boolean).join(', ') })}
    </span>
  )
}
