import type { TunnelProxy } from './proxy-address.ts'

/** By which way requests over HTTP leave this machine. */
export type HttpWays = {
  /** HTTPS_PROXY; null: as `http` says. */
  https: TunnelProxy | null
  /** HTTP_PROXY; null: directly. */
  http: TunnelProxy | null
  /** Hosts that are asked directly, as NO_PROXY has them. This machine always is. */
  direct: string[]
}
