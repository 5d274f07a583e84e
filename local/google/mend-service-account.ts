import type { ActingAccount } from '../../api/src/secrets/service-account.ts'
import type { GoogleFault } from './google-client.ts'
import { scopes } from './log-in.ts'

/**
 * What Google's refusal of a service account means, and the step that mends it; null: nothing of the account's own.
 * Google says `invalid_grant` to most of it and tells them apart in its description only.
 */
export function mendOfAccount(
  { account, subject }: ActingAccount,
  { reason, message }: GoogleFault,
): [fault: string, next: string] | null {
  const mend = findMend(account, subject, { reason, message })
  return mend && [`${mend[0]} (Google: ${message})`, mend[1]]
}

function findMend(
  { email, clientId }: ActingAccount['account'],
  subject: string,
  { reason, message }: Pick<GoogleFault, 'reason' | 'message'>,
): [fault: string, next: string] | null {
  if (reason === 'unauthorized_client' || reason === 'access_denied')
    return [
      `${email} has no domain-wide delegation, or not of these scopes`,
      `admin.google.com > Security > Access and data control > API controls > Manage domain-wide delegation > Add new: client ID ${clientId ?? 'of the service account'}, scopes ${scopes.join(',')}; it may take some minutes (Google says up to a day)`,
    ]
  if (reason === 'invalid_scope')
    return [
      'Google does not know the scopes',
      'enable the Google Calendar API in the project of the service account',
    ]
  if (reason !== 'invalid_grant') return null
  if (/timeframe|\biat\b|\bexp\b|short-lived/i.test(message))
    return ['the clock of this machine is wrong', 'set it by network time (timedatectl set-ntp true)']
  if (/signature/i.test(message))
    return [
      `the key of ${email} was deleted or replaced`,
      'make a new JSON key: Google Cloud console > IAM & Admin > Service Accounts > Keys, and put its file in the place of GOOGLE_SERVICE_ACCOUNT_FILE',
    ]
  if (/account (?:is )?(?:not found|disabled)/i.test(message))
    return [
      `Google does not know ${email}: it was deleted or disabled`,
      'enable or make it anew: Google Cloud console > IAM & Admin > Service Accounts',
    ]
  if (/email|user/i.test(message))
    return [
      `${subject} is nobody in the Workspace that the service account could act as`,
      'set GOOGLE_SERVICE_ACCOUNT_SUBJECT to the address of a person who owns or may change the calendars',
    ]
  return [
    `Google refuses the key of ${email}`,
    'see docs/google-calendar-integration.md, "A service account"',
  ]
}
