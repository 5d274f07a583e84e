import { Activity, CalendarDays, ChartNoAxesColumn, Inbox, Users } from 'lucide-react'
import { useMay } from '../session/use-me.ts'

/** The pages beside the inbox, as far as this person may see them. */
export function usePages() {
  const mayOversee = useMay('oversee')
  const mayOwn = useMay('own')
  return [
    { name: 'calendar', to: '/app/calendar', icon: CalendarDays, shown: true },
    { name: 'numbers', to: '/app/numbers', icon: ChartNoAxesColumn, shown: mayOversee },
    { name: 'health', to: '/app/health', icon: Activity, shown: mayOversee },
    { name: 'people', to: '/app/people', icon: Users, shown: mayOwn },
  ].filter((page) => page.shown) as {
    name: 'calendar' | 'numbers' | 'health' | 'people'
    to: '/app/calendar'
    icon: typeof Inbox
  }[]
}
