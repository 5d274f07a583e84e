import { type Database, inTransaction, type Queryable } from '../database/pool.ts'
import { leadRows, type ListedLead } from './lead-rows.ts'
import { type Scope, visibleLeads } from './visible-lead.ts'

/** Shorter ones would mean reading everything. */
export const fewestLetters = 3
const mostNames = 30
const mostLines = 300

/**
 * Leads that a person looks for by a part of the name, username, e-mail or phone, or by words of the talk; names first, then the
 * newest lines. Words are found in all their forms, and by how they begin.
 */
export async function searchLeads(db: Database, scope: Scope, text: string): Promise<ListedLead[]> {
  const [named, said] = await Promise.all([findByPhoneOrName(db, text), findByWords(db, text)])
  const lines = new Map(said.map((line) => [line.lead_id, line.text]))
  const ids = [...new Set([...named, ...lines.keys()])]
  const visible = await visibleLeads(db, scope, ids)
  const shown = ids.filter((id) => visible.has(id)).slice(0, 50)
  return leadRows(db, shown, lines)
}

async function findByPhoneOrName(db: Queryable, text: string): Promise<number[]> {
  const phones = wholePhones(text)
  const found = phones.length > 0 ? await findByPhone(db, phones) : []
  return found.length > 0 ? found : findByName(db, text)
}

/** Materialized: PostgreSQL would otherwise take the wanted order for a reason to walk the table from its end. */
async function findByPhone(db: Queryable, phones: string[]): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `with found as materialized (select id from leads where phones && $1)
     select id from found order by id desc limit $2`,
    [phones, mostNames],
  )
  return rows.map(({ id }) => id)
}

/** How a whole number, as people type it, may stand in the database: with its country, and as a Russian one without. */
function wholePhones(text: string): string[] {
  const digits = text.replaceAll(/\D/g, '')
  if (!isPhoneLike(text) || digits.length < 10 || digits.length > 15) return []
  if (digits.length === 11 && /^[78]/.test(digits)) return [`+7${digits.slice(1)}`]
  return digits.length === 10 ? [`+7${digits}`, `+${digits}`] : [`+${digits}`]
}

const isPhoneLike = (text: string) => /^[+\d\s().-]+$/.test(text)

async function findByName(db: Queryable, text: string): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from leads
     where lower(name || ' ' || coalesce(contact_name, '') || ' ' || coalesce(telegram_username, '') || ' ' || coalesce(phone, '')
             || ' ' || coalesce(email, '')) like any($1)
     order by id desc limit $2`,
    [partsOf(text).map((part) => `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`), mostNames],
  )
  return rows.map(({ id }) => id)
}

/** Phones are kept as +7916...; people type 8 (916) 123-45-67, or a part of it. */
function partsOf(text: string): string[] {
  const digits = text.replaceAll(/\D/g, '')
  if (!isPhoneLike(text) || digits.length < fewestLetters) return [text.toLowerCase().replace(/^@/, '')]
  const withoutCountry = /^[78]/.test(digits) ? digits.slice(1) : ''
  return withoutCountry.length >= fewestLetters ? [digits, withoutCountry] : [digits]
}

async function findByWords(db: Database, text: string): Promise<{ lead_id: number; text: string }[]> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0) return []
  return inTransaction(db, async (tx) => {
    // Of words that half of all lines have, some of the lines do; reading where all of them are takes most of a second.
    await tx.query('set local gin_fuzzy_search_limit = 20000')
    const { rows } = await tx.query<{ lead_id: number; text: string }>(
      `with hits as materialized (
         select id, lead_id, text from messages
         where to_tsvector('russian', text) @@ to_tsquery('russian', $1) and deleted_at is null limit $2)
       select distinct on (lead_id) lead_id, left(text, 300) as text from hits order by lead_id, id desc`,
      [words.map((word) => `${word}:*`).join(' & '), mostLines],
    )
    return rows
  })
}
