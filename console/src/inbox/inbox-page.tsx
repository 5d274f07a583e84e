import { useTexts } from '../texts/use-texts.ts'
import { Talk } from '../lead/talk.tsx'
import { Side } from '../lead/side.tsx'
import { Empty } from '../ui/states.tsx'
import { useInboxPlace } from './inbox-place.ts'
import { LeadList } from './lead-list.tsx'
import { Begin, useBegin } from './begin.tsx'
import { MessagesSquare } from 'lucide-react'

/** Three panes: who, the talk, and what is known. On a phone one at a time. */
export function InboxPage() {
  const texts = useTexts()
  const { search } = useInboxPlace()
  const { lead, side } = search
  return (
    <div className="flex h-full">
      <section
        aria-label={texts.app.list}
        className={`flex w-88 shrink-0 flex-col border-r max-lg:w-76 max-md:w-full max-md:border-r-0 ${lead ? 'max-md:hidden' : ''}`}
      >
        <LeadList />
      </section>
      <main id="talk" tabIndex={-1} className={`min-w-0 grow outline-none ${lead ? '' : 'max-md:hidden'}`}>
        {lead ? <Talk key={lead} leadId={lead} /> : <NoTalk />}
      </main>
      {lead && (
        <aside
          aria-label={side === 'why' ? texts.card.why : texts.card.title}
          className={`w-84 shrink-0 border-l bg-panel max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:shadow-pop max-sm:w-full ${side ? '' : 'max-xl:hidden'}`}
        >
          <Side key={lead} leadId={lead} />
        </aside>
      )}
    </div>
  )
}

/** Where no talk is open: what to begin with, as long as somebody may want that, else how to open one. */
function NoTalk() {
  const texts = useTexts()
  const begin = useBegin()
  return (
    <div className="flex h-full overflow-y-auto">
      {begin.isShown ? (
        <Begin onHide={begin.hide} />
      ) : (
        <Empty icon={<MessagesSquare size={28} strokeWidth={1.5} />}>{texts.thread.pick}</Empty>
      )}
    </div>
  )
}
