import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from './button.tsx'

/** Nothing is there, and why that is all right. */
export function Empty({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <div className="m-auto flex max-w-72 flex-col items-center gap-3 p-8 text-center text-balance text-soft">
      {icon && <span className="text-faint">{icon}</span>}
      <div>{children}</div>
    </div>
  )
}

export function Failed({ onAgain, children }: { onAgain: () => void; children?: ReactNode }) {
  const texts = useTexts()
  return (
    <div role="alert" className="m-auto flex max-w-72 flex-col items-center gap-3 p-8 text-center text-soft">
      <div>{children ?? texts.app.failed}</div>
      <Button icon={<RotateCw size={14} />} onClick={onAgain}>
        {texts.app.again}
      </Button>
    </div>
  )
}

const widths = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2', 'w-2/3']

/** Grey lines in the place of what is coming. */
export function Skeleton({ lines }: { lines: number }) {
  const texts = useTexts()
  return (
    <div role="status" aria-label={texts.app.loading} className="flex w-full max-w-3xl flex-col gap-3 p-4">
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className={`h-3 animate-breathe rounded-sm bg-hover ${widths[index % widths.length]}`}
        />
      ))}
    </div>
  )
}
