import { AmocrmError } from './amocrm-error.ts'
import { readToken } from './token-facts.ts'

/** Where the bearer token comes from. */
export type Access = {
  /** @throws AmocrmError when there is none */
  token: () => Promise<string>
  /** amoCRM refused this token. @returns another one @throws AmocrmError when there is none: a human is needed */
  renew: (refused: string) => Promise<string>
}

/** A long-lived token of a private integration: when it is refused there is nothing to renew. */
export const fixedAccess = (token: string): Access => ({
  token: async () => token,
  renew: async () => {
    const endsAt = readToken(token)?.endsAt
    const why =
      endsAt && endsAt <= new Date() ? `ended on ${endsAt.toISOString().slice(0, 10)}` : 'was refused'
    throw new AmocrmError(
      401,
      `the long-lived token ${why}; make a new one in amoCRM and put it into AMOCRM_API_KEY`,
    )
  },
})
