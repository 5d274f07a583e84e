import { getRouteApi, Link } from '@tanstack/react-router'
import { BookOpen, FileCog, ListChecks, MessageCircle } from 'lucide-react'
import { useTexts } from '../texts/use-texts.ts'
import { Page } from '../ui/page.tsx'
import { BusinessEditor } from './business-editor.tsx'
import { KnowledgeSearch } from './knowledge-search.tsx'
import { Playground } from './playground.tsx'
import { type SetupPart, setupParts } from './setup-place.ts'
import { Start } from './start.tsx'

const route = getRouteApi('/in/app/setup')
const icons = {
  start: ListChecks,
  business: FileCog,
  knowledge: BookOpen,
  playground: MessageCircle,
} as const
const contents: Record<SetupPart, () => React.ReactNode> = {
  start: Start,
  business: BusinessEditor,
  knowledge: KnowledgeSearch,
  playground: Playground,
}

/** From the first start to the first talk: what is connected, what the assistant may do and say, and a try without consequences. */
export function SetupPage() {
  const texts = useTexts()
  const { part = 'start' } = route.useSearch()
  const Content = contents[part]
  return (
    <Page title={texts.page.setup}>
      <nav
        aria-label={texts.page.setup}
        className="sticky top-0 z-10 flex gap-1 overflow-x-auto border-b bg-paper px-5 py-2 max-sm:px-3"
      >
        {setupParts.map((name) => {
          const Icon = icons[name]
          return (
            <Link
              key={name}
              to="/app/setup"
              search={name === 'start' ? {} : { part: name }}
              aria-current={name === part ? 'page' : undefined}
              className={`inline-flex h-8 shrink-0 items-center gap-2 rounded-sm px-2.5 max-sm:h-10 ${name === part ? 'bg-hover font-medium' : 'text-soft hover:bg-hover hover:text-ink'}`}
            >
              <Icon size={15} />
              {texts.setup.part[name]}
            </Link>
          )
        })}
      </nav>
      <Content />
    </Page>
  )
}
