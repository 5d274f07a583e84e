/** A service account as the consoles show it. `scopes`: what the Workspace's admin delegated to it, full addresses; null: nothing. */
export type KnownAccount = {
  email: string
  keys: { id: string; publicKey: string }[]
  scopes: string[] | null
}

/** What an access token of an assertion may: as whom it acts (null: as the service account itself), and the scopes. */
export type Acting = { subject: string | null; scopes: string[] }
