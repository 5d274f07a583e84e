import { X } from 'lucide-react'
import { useInboxPlace } from '../inbox/inbox-place.ts'
import { useTexts } from '../texts/use-texts.ts'
import { IconButton } from '../ui/button.tsx'
import { Card } from './card.tsx'
import { Why } from './why.tsx'

/** Beside the talk: the card of the lead, or why the assistant said what it said. */
export function Side({ leadId }: { leadId: number }) {
  const texts = useTexts()
  const { search, go } = useInboxPlace()
  const shown = search.side ?? 'card'
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center gap-1 border-b px-3">
        <div role="tablist" aria-label={texts.card.title} className="flex grow gap-1">
          {(['card', 'why'] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={shown === name}
              aria-controls="side"
              onClick={() => go({ side: name, turn: undefined }, true)}
              className={`h-8 rounded-sm px-3 font-medium max-sm:h-10 ${shown === name ? 'bg-hover' : 'text-soft hover:bg-hover'}`}
            >
              {name === 'card' ? texts.card.title : texts.card.why}
            </button>
          ))}
        </div>
        <IconButton
          label={texts.app.closePanel}
          className="xl:hidden"
          onClick={() => go({ side: undefined, turn: undefined }, true)}
        >
          <X size={16} />
        </IconButton>
      </div>
      <div
        role="tabpanel"
        id="side"
        aria-labelledby={`tab-${shown}`}
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto"
      >
        {shown === 'card' ? <Card leadId={leadId} /> : <Why leadId={leadId} turnId={search.turn} />}
      </div>
    </div>
  )
}
