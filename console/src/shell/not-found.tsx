import { Link } from '@tanstack/react-router'
import { useTexts } from '../texts/use-texts.ts'
import { Empty } from '../ui/states.tsx'

export function NotFound() {
  const texts = useTexts()
  return (
    <main className="flex h-full">
      <Empty>
        <p className="mb-3">{texts.app.notFound}</p>
        <Link
          to="/app/inbox/$queue"
          params={{ queue: 'attention' }}
          className="font-medium text-ink underline"
        >
          {texts.app.toInbox}
        </Link>
      </Empty>
    </main>
  )
}
