import type { Service } from '../local/processes/processes.ts'
import type { Config } from '../local/settings/config.ts'
import type { System } from '../local/system/system.ts'
import type { KilledPart } from './killed-parts.ts'

/** A whole system whose parts can be killed: the one of `npm start`, or the cluster. */
export type KillableSystem = Pick<System, 'urls' | 'databaseUrl' | 'config'> & {
  services: ReadonlyMap<KilledPart, Service>
  /** Ends everything. */
  stop: () => Promise<void>
}

export type StartKillable = (options: {
  dataDir: string
  config: (more?: Record<string, string>) => Config
  apiVariables: Record<string, string>
  log: (line: string) => void
  signal: AbortSignal
  /** A part ended although nobody asked for it by `kill` or `stop`. Nothing else starts it again. */
  onUnexpectedExit: (part: KilledPart, reason: string) => void
}) => Promise<KillableSystem>
