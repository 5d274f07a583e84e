import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useInboxPlace } from '../inbox/inbox-place.ts'
import { leadQuery } from '../api/queries.ts'
import { useMay } from '../session/use-me.ts'
import { useTexts } from '../texts/use-texts.ts'
import { useHotkeys } from '../ui/hotkeys.ts'
import { Failed, Skeleton } from '../ui/states.tsx'
import { Composer, type Draft, keepTyped } from './composer.tsx'
import { DraftPanel } from './draft-panel.tsx'
import { TalkHead } from './talk-head.tsx'
import { Thread } from './thread.tsx'
import { useWork } from './use-work.ts'

/** The talk with one lead: who has it, what was said, and what to say. */
export function Talk({ leadId }: { leadId: number }) {
  const texts = useTexts()
  const lead = useQuery(leadQuery(leadId))
  const work = useWork({ id: leadId })
  const mayWork = useMay('work')
  const { search, go } = useInboxPlace()
  const [draft, setDraft] = useState<Draft>({ kind: 'reply', focus: 0 })
  const write = (kind: Draft['kind']) => setDraft((before) => ({ kind, focus: before.focus + 1 }))
  const isOurs = lead.data?.control === 'ai'
  useHotkeys({
    w: () => go({ side: search.side === 'why' ? 'card' : 'why' }, true),
    ...(mayWork && {
      r: () => write('reply'),
      n: () => write('note'),
      t: () => !work.take.isPending && work.take.mutate(),
      g: () => !isOurs && !lead.data?.optedOutAt && work.give.mutate({ liftOptOut: false }),
      s: () => lead.data?.thinking && work.stop.mutate(),
      a: () => {
        const waiting = lead.data?.draft
        if (waiting?.kind === 'approval' && !work.approve.isPending)
          work.approve.mutate({ draftId: waiting.id })
      },
    }),
  })
  if (lead.isPending) return <Skeleton lines={14} />
  if (lead.isError)
    return (
      <div className="flex h-full">
        <Failed onAgain={() => void lead.refetch()}>{texts.thread.failed}</Failed>
      </div>
    )
  return (
    <div className="flex h-full flex-col">
      <TalkHead lead={lead.data} work={work} />
      <Thread lead={lead.data} work={work} />
      {lead.data.draft && (
        <DraftPanel
          draft={lead.data.draft}
          work={work}
          onUse={(text) => {
            keepTyped(leadId, text)
            write('reply')
          }}
        />
      )}
      <Composer lead={lead.data} work={work} draft={draft} onKind={write} />
    </div>
  )
}
