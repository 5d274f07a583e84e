import type { Queryable } from '../database/pool.ts'
import type { Language, Lead } from './lead.ts'

/** Where a fact comes from, and how sure it is. What is as sure or surer replaces what was known: said over card over phone. */
export const sureOf = {
  /** The lead's own words. */
  said: 0.9,
  /** The model's reading of them. */
  classifier: 0.7,
  /** By whose clock the lead reads a time: perhaps only ours, repeated. */
  clock: 0.6,
  card: 0.5,
  phone: 0.4,
  name: 0.3,
  /** The language of the person's app. */
  telegram: 0.2,
  business: 0,
}
export type Source = keyof typeof sureOf

/** The one writer of a lead's language after it was added. */
export async function knowLanguage(
  tx: Queryable,
  leadId: number,
  { language, source }: { language: Language; source: Source },
): Promise<void> {
  await tx.query(
    `update leads set language = $2, language_source = $3, language_confidence = $4, updated_at = now()
     where id = $1 and coalesce(language_confidence, 0) <= $4::real`,
    [leadId, language, source, sureOf[source]],
  )
}

/** The same of a lead that was just locked: nothing is written when it is known so already, and as surely. */
export async function learnLanguage(
  tx: Queryable,
  lead: Pick<Lead, 'id' | 'language' | 'language_source' | 'language_confidence'>,
  known: { language: Language; source: Source },
): Promise<void> {
  const { language, language_source: source, language_confidence: sure } = lead
  if ((sure ?? 0) > sureOf[known.source]) return
  if (language !== known.language || source !== known.source) await knowLanguage(tx, lead.id, known)
}

/** The one writer of a lead's zone (IANA name) after it was added. */
export async function knowZone(
  tx: Queryable,
  leadId: number,
  { zone, source, confidence = sureOf[source] }: { zone: string; source: Source; confidence?: number },
): Promise<void> {
  await tx.query(
    `update leads set time_zone = $2, zone_source = $3, zone_confidence = $4, updated_at = now()
     where id = $1 and coalesce(zone_confidence, 0) <= $4::real`,
    [leadId, zone, source, confidence],
  )
}
