import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { countersQuery } from '../api/queries.ts'
import { useTexts } from '../texts/use-texts.ts'
import { useOpenAlerts } from '../alerts/use-open-alerts.ts'
import { usePages } from './pages.ts'

const tab =
  'flex grow basis-0 flex-col items-center justify-center gap-0.5 text-2xs text-soft data-[status=active]:font-semibold data-[status=active]:text-ink'

/** The pages on a phone; away while a talk is open, which needs the room. */
export function TabBar() {
  const texts = useTexts()
  const pages = usePages()
  const counters = useQuery(countersQuery)
  const alerts = useOpenAlerts()
  const search: { lead?: number } = useSearch({ strict: false })
  if (search.lead) return null
  const waiting = counters.data?.attention ?? 0
  return (
    <nav
      aria-label={texts.app.pages}
      className="flex h-14 shrink-0 border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <Link to="/app/inbox/$queue" params={{ queue: 'attention' }} className={`${tab} relative`}>
        <Inbox size={20} />
        {texts.page.inbox}
        {waiting > 0 && (
          <span className="num absolute top-1 left-1/2 ml-1.5 rounded-full bg-attention px-1.5 text-2xs font-semibold text-inverse">
            {waiting}
          </span>
        )}
      </Link>
      {pages
        .filter(({ isTab }) => isTab)
        .map(({ name, to, icon: Icon }) => (
          <Link key={name} to={to} className={`${tab} relative`}>
            <Icon size={20} />
            {texts.page[name]}
            {name === 'alerts' && alerts > 0 && (
              <span className="num absolute top-1 left-1/2 ml-1.5 rounded-full bg-attention px-1.5 text-2xs font-semibold text-inverse">
                {alerts}
              </span>
            )}
          </Link>
        ))}
    </nav>
  )
}
