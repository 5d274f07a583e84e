import { mostCounted, queues } from '@lead/contract/console-names'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { countersQuery } from '../api/queries.ts'
import { useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { queueLooks } from '../ui/holder.tsx'
import { useOpenAlerts } from '../alerts/use-open-alerts.ts'
import { Filters } from '../inbox/filters.tsx'
import { Halted } from './halted.tsx'
import { usePages } from './pages.ts'
import { UserMenu } from './user-menu.tsx'

const row =
  'flex h-8 items-center gap-2.5 rounded-sm px-2.5 text-soft transition-colors duration-100 hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:font-medium data-[status=active]:text-ink'

export function Sidebar() {
  const texts = useTexts()
  const { language } = useLanguage()
  const me = useMe()
  const pages = usePages()
  const counters = useQuery(countersQuery)
  const alerts = useOpenAlerts()
  return (
    <div className="flex w-54 shrink-0 flex-col border-r bg-panel max-md:hidden">
      <div className="flex h-14 items-center gap-2.5 px-4">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span className="truncate text-base font-semibold tracking-tight">{me.company[language]}</span>
      </div>
      <nav aria-label={texts.app.queues} className="flex flex-col gap-px px-2">
        <Link to="/app/inbox/$queue" params={{ queue: 'all' }} className={row}>
          <Inbox size={16} />
          {texts.queue.all}
        </Link>
        {queues.map((queue) => {
          const { icon: Icon, text } = queueLooks[queue]
          const count = counters.data?.[queue] ?? 0
          const isUrgent = queue === 'attention' && count > 0
          return (
            <Link key={queue} to="/app/inbox/$queue" params={{ queue }} className={row}>
              <Icon size={16} className={text} />
              <span className="grow">{texts.queue[queue]}</span>
              {count > 0 && (
                <span
                  className={`num text-xs ${isUrgent ? 'rounded-full bg-attention px-1.5 font-semibold text-inverse' : 'text-faint'}`}
                >
                  {count >= mostCounted ? `${mostCounted}+` : count}
                </span>
              )}
            </Link>
          )
        })}
      </nav>
      <Filters />
      <nav aria-label={texts.app.pages} className="mt-5 flex flex-col gap-px px-2">
        {pages.map(({ name, to, icon: Icon }) => (
          <Link key={name} to={to} className={row}>
            <Icon size={16} />
            <span className="grow">{texts.page[name]}</span>
            {name === 'alerts' && alerts > 0 && (
              <span className="num rounded-full bg-attention px-1.5 text-xs font-semibold text-inverse">
                {alerts}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className="mt-auto flex flex-col gap-2 p-2">
        <Halted />
        {me.simulated.length > 0 && (
          <p
            className={`rounded-sm px-2.5 py-1.5 text-2xs text-pretty ${me.production ? 'bg-attention font-semibold text-inverse' : 'text-faint'}`}
          >
            {fill(texts.app.simulated, { names: me.simulated.join(', ') })}
          </p>
        )}
        <UserMenu />
      </div>
    </div>
  )
}
