import type { GoogleAccess } from '../../api/src/google/google-client.ts'
import { lackingScopes } from '../../api/src/google/scopes.ts'
import { logIn } from './log-in.ts'

/**
 * The refresh token that the owner of the calendar gives in a browser, and what they should know of it.
 * @throws as logIn, and when the consent lacks a scope that booking needs
 */
export async function getRefreshToken(
  access: GoogleAccess,
  options: Parameters<typeof logIn>[1],
): Promise<{ token: string; warning: string | null }> {
  const tokens = await logIn(access, options)
  const lacking = lackingScopes(tokens.scope)
  if (lacking.length > 0)
    throw new Error(`The consent lacks ${lacking.join(', ')}: log in again and tick every box`)
  return {
    token: tokens.refresh_token,
    warning:
      tokens.refresh_token_expires_in === undefined
        ? null
        : 'This token ends after 7 days, for the app is in Testing. Publish it (consent screen: In production), then log in again.',
  }
}
