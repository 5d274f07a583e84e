import { useQuery } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { tasksQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { useClock } from '../ui/use-clock.ts'

const restMs = 500

/** What is still to be done on the card. amoCRM is asked when one stays at a lead: walking through the list asks nothing. */
export function Tasks({ leadId }: { leadId: number }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const now = useClock()
  const [isRested, setRested] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), restMs)
    return () => clearTimeout(timer)
  }, [])
  const query = useQuery({ ...tasksQuery(leadId), enabled: isRested })
  if (query.isError) return <p className="text-faint">{texts.app.failed}</p>
  if (query.isPending) return <p className="text-soft">{texts.app.loading}</p>
  const { tasks, problem } = query.data
  if (!tasks)
    return (
      <p className="text-faint" title={problem ?? undefined}>
        {texts.card.tasksAway}
      </p>
    )
  if (tasks.length === 0) return <p className="text-faint">{texts.card.noTasks}</p>
  return (
    <ul className="flex flex-col gap-2">
      {tasks.map(({ id, text, dueAt }) => {
        const isLate = dueAt !== null && Date.parse(dueAt) < now
        return (
          <li key={id} className="flex gap-2">
            <Square size={14} className="mt-0.5 shrink-0 text-faint" />
            <span className="min-w-0">
              <span className="block break-words">{text}</span>
              {dueAt && (
                <span className={`num block text-xs ${isLate ? 'text-attention' : 'text-faint'}`}>
                  {fill(isLate ? texts.card.overdue : texts.card.due, { when: moment(dueAt, { language }) })}
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
