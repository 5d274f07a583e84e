import type { Me } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ApiProblem } from '../api/ask.ts'
import { useChanges, useLostSince } from '../api/changes.ts'
import { countersQuery, meQuery } from '../api/queries.ts'
import { LoginPage } from '../session/login-page.tsx'
import { MeContext } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { duration, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { useClock } from '../ui/use-clock.ts'
import { Failed } from '../ui/states.tsx'
import { Sidebar } from './sidebar.tsx'
import { TabBar } from './tab-bar.tsx'
import { useGlobalKeys } from './use-global-keys.tsx'

/** All pages but the door: whoever is not signed in sees the door in their place, and comes back to where they were. */
export function SignedIn() {
  const me = useQuery(meQuery)
  if (me.isPending) return null
  if (me.isError)
    return me.error instanceof ApiProblem ? (
      <Failed onAgain={() => void me.refetch()} />
    ) : (
      <Unreachable onAgain={() => void me.refetch()} />
    )
  if (me.data === null) return <LoginPage />
  return (
    <MeContext value={me.data}>
      <Shell me={me.data} />
    </MeContext>
  )
}

const againMs = 3000

/** Without a network the page itself still opens, and says what it lacks; it goes on by itself when the network is back. */
function Unreachable({ onAgain }: { onAgain: () => void }) {
  const texts = useTexts()
  const again = useRef(onAgain)
  useEffect(() => {
    again.current = onAgain
  })
  useEffect(() => {
    const timer = setInterval(() => again.current(), againMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <main className="flex h-full">
      <Failed onAgain={onAgain}>{texts.app.noNetwork}</Failed>
    </main>
  )
}

/** No connection: how old what stands below is, so that nobody takes it for the present. */
function Lost({ since }: { since: number }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const now = useClock(5000)
  return (
    <div
      role="status"
      className="bg-attention-tint px-4 py-1.5 text-center text-xs font-medium text-pretty text-attention"
    >
      {fill(texts.app.lost, {
        when: moment(new Date(since), { language }),
        span: duration(Math.max(0, Math.round((now - since) / 1000)), texts, language),
      })}
    </div>
  )
}

function Shell({ me }: { me: Me }) {
  useChanges()
  const texts = useTexts()
  const { language } = useLanguage()
  const lostSince = useLostSince()
  const overlay = useGlobalKeys()
  const counters = useQuery(countersQuery)
  const waiting = counters.data?.attention ?? 0
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${me.company[language]}`
  }, [waiting, me, language])
  return (
    <div className="flex h-full">
      <a
        href="#talk"
        className="sr-only z-50 rounded-sm bg-ink px-3 py-2 text-inverse focus:not-sr-only focus:absolute focus:m-2"
      >
        {texts.app.skip}
      </a>
      <Sidebar />
      <div className="flex min-w-0 grow flex-col">
        {lostSince !== null && <Lost since={lostSince} />}
        <div className="min-h-0 grow">
          <Outlet />
        </div>
        <TabBar />
      </div>
      {overlay}
    </div>
  )
}
