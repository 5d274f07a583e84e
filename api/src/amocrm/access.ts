import { AmocrmError } from './amocrm-error.ts'

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
    throw new AmocrmError(
      401,
      'the long-lived token was refused; make a new one in amoCRM and put it into AMOCRM_API_KEY',
    )
  },
})
