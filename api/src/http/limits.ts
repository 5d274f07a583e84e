/** What one server takes from outside. A proxy in front may be stricter; nothing here relies on one. */
export const limits = {
  /** Of any body but the named ones: hooks and our own API stay far below. */
  bodyBytes: 1_048_576,
  /** A page of 250 events as Google answers it, which n8n brings. */
  googlePageBytes: 16 * 1_048_576,
  /** The whole request, headers and body, has come. */
  requestMs: 30_000,
  headersMs: 10_000,
  /** How often Node looks for requests that take too long. */
  checkEveryMs: 5_000,
  /** An idle connection is kept; longer than a proxy's own 60 s, so that it is never the proxy that meets a closed one. */
  keepAliveMs: 72_000,
  /** n8n, a proxy and amoCRM need some dozens. */
  connections: 2_000,
  headers: 100,
  requestsPerConnection: 10_000,
} as const
export type Limits = { [Name in keyof typeof limits]: number }

/** Wrong tokens and secrets from one address in a minute; after that they are answered with 429. */
export const wrongSecretsPerMinute = 20
