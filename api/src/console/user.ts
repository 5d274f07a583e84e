import type { Role } from '@lead/contract/console'

/** Who is signed in to the console. */
export type User = { id: number; email: string; name: string; role: Role; sellerId: string | null }
