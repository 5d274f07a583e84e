import { Link } from '@tanstack/react-router'
import { Bell, ListChecks, type LucideIcon, MessageCircle, SlidersHorizontal, Users } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../session/use-me.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'

const keptAs = 'begin-hidden'

/** Who may set things up sees the first steps until they put them away, in this browser. */
export function useBegin() {
  const mayLead = useMay('lead')
  const [isHidden, setHidden] = useState(() => localStorage.getItem(keptAs) !== null)
  return {
    isShown: mayLead && !isHidden,
    hide: () => {
      localStorage.setItem(keptAs, '1')
      setHidden(true)
    },
  }
}

/** The first steps of somebody who has just come in, each a click away. */
export function Begin({ onHide }: { onHide: () => void }) {
  const texts = useTexts()
  const mayOwn = useMay('own')
  const { begin } = texts
  return (
    <section aria-label={begin.title} className="m-auto w-full max-w-md p-6">
      <h2 className="text-base font-semibold">{begin.title}</h2>
      <ol className="mt-3 flex flex-col divide-y rounded-lg border bg-raised">
        <Step icon={ListChecks} to="/app/setup" title={begin.check} text={begin.checkIs} />
        <Step icon={MessageCircle} to="/app/setup" part="playground" title={begin.talk} text={begin.talkIs} />
        <Step
          icon={SlidersHorizontal}
          to="/app/setup"
          part="business"
          title={begin.rules}
          text={begin.rulesIs}
        />
        <Step icon={Bell} to="/app/alerts" title={begin.alerts} text={begin.alertsIs} />
        {mayOwn && <Step icon={Users} to="/app/people" title={begin.people} text={begin.peopleIs} />}
      </ol>
      <div className="mt-3 flex justify-end">
        <Button look="quiet" onClick={onHide}>
          {begin.hide}
        </Button>
      </div>
    </section>
  )
}

type StepProps = {
  icon: LucideIcon
  to: '/app/setup' | '/app/alerts' | '/app/people'
  part?: 'playground' | 'business'
  title: string
  text: string
}

const Step = ({ icon: Icon, to, part, title, text }: StepProps) => (
  <li>
    <Link to={to} search={part ? { part } : {}} className="flex gap-3 px-4 py-3 hover:bg-hover">
      <Icon size={18} className="mt-0.5 shrink-0 text-faint" />
      <span className="min-w-0">
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-soft text-pretty">{text}</span>
      </span>
    </Link>
  </li>
)
