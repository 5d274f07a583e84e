import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OctagonX } from 'lucide-react'
import { healthQuery } from '../api/queries.ts'
import { useMay } from '../session/use-me.ts'
import { useTexts } from '../texts/use-texts.ts'

/** Shouts on every page while all sending is stopped. */
export function Halted() {
  const mayOversee = useMay('oversee')
  const texts = useTexts()
  const health = useQuery({ ...healthQuery, enabled: mayOversee, refetchInterval: 15_000 })
  if (!health.data?.halted.isOn) return null
  return (
    <Link
      to="/app/health"
      className="flex items-start gap-2 rounded-sm bg-attention px-2.5 py-2 text-xs font-semibold text-inverse"
    >
      <OctagonX size={16} className="shrink-0" />
      {texts.health.halted}
    </Link>
  )
}
