import type { ReactNode } from 'react'
import { UserMenu } from '../shell/user-menu.tsx'

/** The frame of every page but the inbox. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <main id="talk" tabIndex={-1} className="flex h-full flex-col outline-none">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b px-5 max-sm:px-4">
        <h1 className="grow truncate text-lg font-semibold tracking-tight">{title}</h1>
        {actions}
        <div className="md:hidden">
          <UserMenu compact />
        </div>
      </header>
      <div tabIndex={0} role="region" aria-label={title} className="min-h-0 grow overflow-y-auto">
        {children}
      </div>
    </main>
  )
}

export const Panel = ({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
}) => (
  <section className="rounded-lg border bg-raised">
    <div className="flex h-11 items-center justify-between gap-3 border-b px-4">
      <h2 className="font-semibold">{title}</h2>
      {action}
    </div>
    {children}
  </section>
)
