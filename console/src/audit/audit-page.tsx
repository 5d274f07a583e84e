import type { AuditEntry } from '@lead/contract/console'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { auditQuery } from '../api/queries.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'

/** Who did what: people and the system, the newest first. */
export function AuditPage() {
  const texts = useTexts()
  const query = useInfiniteQuery(auditQuery)
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Page title={texts.page.audit}>
      {query.isPending ? (
        <Skeleton lines={12} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : entries.length === 0 ? (
        <Empty icon={<ScrollText size={24} />}>{texts.audit.empty}</Empty>
      ) : (
        <div className="mx-auto max-w-4xl px-5 py-2 max-sm:px-3">
          <ul className="divide-y">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
          {query.hasNextPage && (
            <div className="flex justify-center p-3">
              <Button
                look="quiet"
                isBusy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {texts.alerts.older}
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const actions: Record<string, string> = texts.audit.action
  const details = Object.entries(entry.details).filter(([, value]) => value !== null)
  return (
    <li className="grid grid-cols-[7rem_1fr] gap-x-4 py-2.5 max-sm:grid-cols-1">
      <time dateTime={entry.at} className="num text-xs leading-5 text-faint">
        {moment(entry.at, { language })}
      </time>
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <span className="font-medium">{entry.actor === 'system' ? texts.author.system : entry.actor}</span>
          <span>{actions[entry.action.replace('.', '_')] ?? entry.action}</span>
          {entry.leadId !== null && (
            <Link
              to="/app/inbox/$queue"
              params={{ queue: 'all' }}
              search={{ lead: entry.leadId }}
              className="underline"
            >
              {entry.leadName ?? `#${entry.leadId}`}
            </Link>
          )}
        </p>
        {details.length > 0 && (
          <p className="line-clamp-2 text-xs text-faint break-words">
            {details
              .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join(' · ')}
          </p>
        )}
      </div>
    </li>
  )
}
