export type GigachatSettings = {
  /** Client id and secret in base64, as the cabinet of Sber shows it. */
  authKey: string
  scope: string
  oauthUrl: string
  /** With its /api/v1. */
  url: string
  /** PEM of the authority that signs Sber's certificates; null: the usual ones do. */
  ca: string | null
}
