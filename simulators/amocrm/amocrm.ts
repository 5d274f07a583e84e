import type { Faults } from '../shared/faults.ts'
import type { Journal } from '../shared/journal.ts'
import type { HookSender } from './hooks/sender.ts'
import type { AccountKind, Lang } from './seed.ts'
import type { World } from './world.ts'

/** What all parts of the simulator work on. */
export type Amocrm = {
  world: World
  journal: Journal
  faults: Faults
  hooks: HookSender
  /** Tells the state file that the world has changed. */
  changed: () => void
  /** Only this bearer token is let in; without it any token that is not empty. */
  token: string | undefined
  /** The integration's secret; without it any secret that is not empty will do. */
  clientSecret: string | undefined
  subdomain: string
  lang: Lang
  account: AccountKind
  /** IANA zone of the account; `date` fields are cut to its midnight. */
  timeZone: string
}
