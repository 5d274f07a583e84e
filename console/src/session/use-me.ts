import type { Me, Role } from '@lead/contract/console'
import { createContext, use } from 'react'

export const MeContext = createContext<Me | null>(null)

/** Who is signed in. @throws outside of the signed-in pages */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('Nobody is signed in')
  return me
}

/** The same as api/src/http/console/route-roles.ts allows; it only hides what would be refused. */
const may = {
  work: ['owner', 'manager', 'seller'],
  oversee: ['owner', 'manager', 'viewer'],
  lead: ['owner', 'manager'],
  own: ['owner'],
} as const satisfies Record<string, Role[]>

export const useMay = (what: keyof typeof may): boolean => {
  const allowed: readonly Role[] = may[what]
  return allowed.includes(useMe().role)
}
