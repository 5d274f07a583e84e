import {
  Activity,
  Bell,
  CalendarDays,
  ChartNoAxesColumn,
  FlaskConical,
  Plug,
  ScrollText,
  SlidersHorizontal,
  Users,
} from 'lucide-react'
import { useMay } from '../session/use-me.ts'

const pages = [
  { name: 'alerts', to: '/app/alerts', icon: Bell, needs: null, isTab: true },
  { name: 'calendar', to: '/app/calendar', icon: CalendarDays, needs: null, isTab: true },
  { name: 'numbers', to: '/app/numbers', icon: ChartNoAxesColumn, needs: 'oversee', isTab: true },
  { name: 'health', to: '/app/health', icon: Activity, needs: 'oversee', isTab: true },
  { name: 'cases', to: '/app/cases', icon: FlaskConical, needs: 'oversee', isTab: false },
  { name: 'audit', to: '/app/audit', icon: ScrollText, needs: 'lead', isTab: false },
  { name: 'connections', to: '/app/connections', icon: Plug, needs: null, isTab: false },
  { name: 'setup', to: '/app/setup', icon: SlidersHorizontal, needs: 'lead', isTab: false },
  { name: 'people', to: '/app/people', icon: Users, needs: 'own', isTab: false },
] as const

/** The pages beside the inbox, as far as this person may see them. A phone has tabs for those that are looked at all day. */
export function usePages() {
  const may = { oversee: useMay('oversee'), lead: useMay('lead'), own: useMay('own') }
  return pages.filter(({ needs }) => needs === null || may[needs])
}
