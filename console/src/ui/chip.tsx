import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export const Chip = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span
    className={classNames(
      'inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-2xs font-medium whitespace-nowrap',
      className ?? 'bg-waiting-tint text-soft',
    )}
  >
    {children}
  </span>
)
