import type { ReactNode } from 'react'

/** One number that matters, and what it is measured by. */
export const Tile = ({ title, value, children }: { title: string; value: string; children: ReactNode }) => (
  <section className="rounded-lg border bg-raised p-4">
    <h2 className="text-xs text-faint">{title}</h2>
    <p className="num mt-1 text-2xl font-semibold tracking-tight">{value}</p>
    {children}
  </section>
)
