import { z } from 'zod'
import { parseJson } from '../text/parse-json.ts'

/** What a long-lived token says of itself. Nothing proves it; amoCRM's own answers do. */
export type TokenFacts = { accountId: number | null; domain: string | null; endsAt: Date | null }

const claims = z.looseObject({
  account_id: z.coerce.number().int().positive().nullable().catch(null),
  base_domain: z.string().min(1).nullable().catch(null),
  exp: z.number().positive().max(253_402_300_799).nullable().catch(null),
})

/** @returns null for a token that is no JWT */
export function readToken(token: string): TokenFacts | null {
  const [, payload, signature] = token.split('.')
  if (!payload || signature === undefined) return null
  const { data } = claims.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')))
  if (!data) return null
  const { account_id: accountId, base_domain: domain, exp } = data
  return { accountId, domain, endsAt: exp === null ? null : new Date(exp * 1000) }
}

/** The same service under two names. */
const sameDomain: Record<string, string> = { 'amocrm.com': 'kommo.com' }
const named = (domain: string) => sameDomain[domain] ?? domain

/** Whether an account's address is of the domain that the token is for. A token that does not say fits any. */
export function fitsAddress({ domain }: Pick<TokenFacts, 'domain'>, baseUrl: string): boolean {
  if (domain === null) return true
  const parts = new URL(baseUrl).hostname.toLowerCase().split('.')
  const wanted = named(domain.toLowerCase())
  return parts.some((_, index) => named(parts.slice(index).join('.')) === wanted)
}

export const dayMs = 86_400_000
/** Days before the end of a token when people are told. */
const warnings = [1, 7, 30]

/** Which of the warnings is due: the days of it; null while the end is far. */
export const warningDue = (endsAt: Date, now: Date): number | null =>
  warnings.find((days) => endsAt.getTime() - now.getTime() <= days * dayMs) ?? null
