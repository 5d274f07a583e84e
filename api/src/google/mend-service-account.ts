import type { ActingAccount } from '../secrets/service-account.ts'
import type { Texts } from '../../../texts/index.ts'
import type { GoogleFault } from './google-client.ts'
import { scopes } from './scopes.ts'

/**
 * What Google's refusal of a service account means, and the step that mends it; null: nothing of the account's own.
 * Google says `invalid_grant` to most of it and tells them apart in its description only.
 */
export function mendOfAccount(
  { account, subject }: ActingAccount,
  fault: GoogleFault,
  words: Texts['terminal']['checks']['google'],
): [fault: string, next: string] | null {
  const mend = findMend(account, subject, fault, words.account)
  return mend && [words.says({ fault: mend[0], google: fault.message }), mend[1]]
}

function findMend(
  { email, clientId }: ActingAccount['account'],
  subject: string,
  { reason, message }: Pick<GoogleFault, 'reason' | 'message'>,
  words: Texts['terminal']['checks']['google']['account'],
): [fault: string, next: string] | null {
  if (reason === 'unauthorized_client' || reason === 'access_denied')
    return [
      words.noDelegation(email),
      words.delegate({ clientId: clientId ?? words.itsId, scopes: scopes.join(',') }),
    ]
  if (reason === 'invalid_scope') return [words.unknownScopes, words.enableApi]
  if (reason !== 'invalid_grant') return null
  if (/timeframe|\biat\b|\bexp\b|short-lived/i.test(message)) return [words.wrongClock, words.setClock]
  if (/signature/i.test(message)) return [words.keyGone(email), words.newKey]
  if (/account (?:is )?(?:not found|disabled)/i.test(message))
    return [words.unknownAccount(email), words.makeAccount]
  if (/email|user/i.test(message)) return [words.nobody(subject), words.setSubject]
  return [words.refused(email), words.see]
}
