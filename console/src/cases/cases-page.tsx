import type { EvaluationCase } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Download, FlaskConical, X } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { casesQuery, queryClient } from '../api/queries.ts'
import { useMay } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'

/** Answers that were marked wrong, each with the right one: what a changed prompt is tried on. */
export function CasesPage() {
  const texts = useTexts()
  const query = useQuery(casesQuery)
  const cases = query.data?.cases ?? []
  return (
    <Page
      title={texts.page.cases}
      actions={
        cases.length > 0 && (
          <Button icon={<Download size={15} />} onClick={() => saveJson(cases)}>
            {texts.wrong.download}
          </Button>
        )
      }
    >
      {query.isPending ? (
        <Skeleton lines={8} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : cases.length === 0 ? (
        <div className="flex h-full">
          <Empty icon={<FlaskConical size={24} strokeWidth={1.5} />}>{texts.wrong.empty}</Empty>
        </div>
      ) : (
        <ul className="mx-auto flex max-w-4xl flex-col gap-4 p-5 max-sm:p-3">
          {cases.map((one) => (
            <Case key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function saveJson(cases: EvaluationCase[]): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(cases, null, 2)], { type: 'application/json' }))
  link.download = 'evaluation-cases.json'
  link.click()
  URL.revokeObjectURL(link.href)
}

function Case({ one }: { one: EvaluationCase }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const mayLead = useMay('lead')
  const drop = useMutation({
    mutationFn: () =>
      ask(api.POST('/console/evaluation-cases/{caseId}/drop', { params: { path: { caseId: one.id } } })),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: casesQuery.queryKey }),
  })
  return (
    <li className="rounded-lg border bg-raised">
      <div className="flex h-11 items-center justify-between gap-3 border-b px-4">
        <p className="min-w-0 truncate">
          <Link
            to="/app/inbox/$queue"
            params={{ queue: 'all' }}
            search={{ lead: one.leadId }}
            className="font-semibold underline"
          >
            {one.leadName}
          </Link>{' '}
          <span className="num text-xs text-faint">
            {one.by} · {moment(one.at, { language })}
          </span>
        </p>
        {mayLead && (
          <IconButton label={texts.wrong.drop} disabled={drop.isPending} onClick={() => drop.mutate()}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <div className="grid grid-cols-2 gap-4 p-4 max-sm:grid-cols-1">
        <div>
          <p className="text-xs font-medium text-soft">{texts.wrong.said}</p>
          <p className="mt-1 break-words whitespace-pre-wrap text-soft">{one.said}</p>
        </div>
        <div>
          <p className="text-xs font-medium text-booked">{texts.wrong.right}</p>
          <p className="mt-1 break-words whitespace-pre-wrap">{one.right}</p>
        </div>
      </div>
      {one.comment && <p className="border-t px-4 py-2.5 text-soft">{one.comment}</p>}
    </li>
  )
}
