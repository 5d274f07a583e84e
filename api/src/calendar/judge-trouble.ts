import type { GoogleAnswer } from '@lead/contract'
import { z } from 'zod'

/** How access was lost: the refresh token is dead, the token lacks a scope, or this one calendar is out of reach. */
export type LostBy = 'credential' | 'scope' | 'calendar'

export type Trouble =
  /** Google is busy or ill: the same again later. */
  | { next: 'later'; reason: string }
  /** Nothing will work until a human gives access again. */
  | { next: 'disconnected'; by: LostBy; reason: string }
  /** Trying again will not help: a human must look. */
  | { next: 'impossible'; reason: string }

const errorSchema = z.looseObject({
  error: z.looseObject({
    status: z.string().optional(),
    errors: z.array(z.looseObject({ domain: z.string().optional(), reason: z.string() })).optional(),
    details: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
    message: z.string().optional(),
  }),
})

/** Google's own words for a refresh token or client that is no longer good, and n8n's for the same. */
const deadCredential =
  /needs to be reconnected|invalid_grant|invalid_client|unauthorized_client|credentials? not connected|client authentication failed|client is not authorized to request an authorization code/i
/** The Calendar API is not switched on in the Google Cloud project of the OAuth client. */
const apiIsOff = /accessNotConfigured|SERVICE_DISABLED/
const quota = /limit|quota/i
const scope = /insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT/i
const ofTheEvent = ['forbiddenForNonOrganizer', 'forbiddenForServiceAccounts']

/** Whether n8n says that it can get no access token any more. */
export const isDeadCredential = (error: string): boolean => deadCredential.test(error)

/** What a refusal of Google means, whatever was asked; null when the answer must be read in the light of the question. */
export function judgeTrouble({ status, body, error }: GoogleAnswer): Trouble | null {
  if (status === 0) {
    const reason = error ?? 'no answer'
    return isDeadCredential(reason)
      ? {
          next: 'disconnected',
          by: 'credential',
          reason: `Google access has ended: ${reason}${mendOf(reason)}`,
        }
      : { next: 'later', reason: `Google was not reached: ${reason}` }
  }
  if (status === 401 || status === 408 || status === 429 || status >= 500)
    return { next: 'later', reason: `Google answered ${status}` }
  if (status === 403) return judgeForbidden(reasonOf(body), wordsOf(body))
  if (status === 400)
    return { next: 'impossible', reason: `Google refused the request (400): ${wordsOf(body)}` }
  return null
}

/** A quota passes; a missing right does not. A 403 without Google's own envelope is somebody's proxy: it may pass. */
function judgeForbidden(reason: string | null, words: string): Trouble {
  if (reason !== null && apiIsOff.test(reason))
    return {
      next: 'disconnected',
      by: 'credential',
      reason: `Google refused (403 ${reason}): enable the Google Calendar API in the project of the OAuth client`,
    }
  const text = `Google refused (403${reason ? ` ${reason}` : ''}): ${words}`
  if (reason === null || quota.test(reason)) return { next: 'later', reason: text }
  if (ofTheEvent.includes(reason)) return { next: 'impossible', reason: text }
  return { next: 'disconnected', by: scope.test(reason) ? 'scope' : 'calendar', reason: text }
}

function reasonOf(body: unknown): string | null {
  const parsed = errorSchema.safeParse(body)
  if (!parsed.success) return null
  const { errors, details, status } = parsed.data.error
  return errors?.[0]?.reason ?? details?.find((one) => one.reason)?.reason ?? status ?? null
}

/** Google's own sentence on what is wrong; a human reads it in a task. */
export function wordsOf(body: unknown): string {
  const parsed = errorSchema.safeParse(body)
  return (parsed.success && parsed.data.error.message?.slice(0, 200)) || 'no reason given'
}

/** What mends a dead credential, as far as its words tell how it died. A service account is told by its own check. */
const mendOf = (reason: string): string =>
  `${mendOfClient(reason)}. With a service account: npm run google -- check`

function mendOfClient(reason: string): string {
  if (/invalid_client|client authentication failed/i.test(reason))
    return '. Check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET: Google does not know this pair'
  if (/unauthorized_client|not authorized to request an authorization code/i.test(reason))
    return '. GOOGLE_REFRESH_TOKEN was issued to another OAuth client: get a new one with your own client'
  return '. Get a new GOOGLE_REFRESH_TOKEN; while the consent screen is in testing, tokens end after 7 days'
}
