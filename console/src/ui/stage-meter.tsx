import type { LeadRow } from '@lead/contract/console'
import { useTexts } from '../texts/use-texts.ts'

const steps: LeadRow['stage'][] = ['contacted', 'qualified', 'booked', 'won']

/** How far the lead has come, in four steps; one that is lost has none. */
export function StageMeter({ stage }: { stage: LeadRow['stage'] }) {
  const texts = useTexts()
  const reached = steps.indexOf(stage)
  return (
    <span
      className="flex shrink-0 items-center gap-0.5"
      role="img"
      aria-label={texts.stage[stage]}
      title={texts.stage[stage]}
    >
      {steps.map((step, index) => (
        <span
          key={step}
          className={`h-1 w-3 rounded-full ${index <= reached ? (stage === 'won' || stage === 'booked' ? 'bg-booked' : 'bg-soft') : 'bg-line-strong'}`}
        />
      ))}
    </span>
  )
}
