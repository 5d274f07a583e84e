import type { Queryable } from '../database/pool.ts'
import type { KnowledgeItem } from './read-items.ts'

/** `score` 0: it does not answer what was said, and comes because there is room. */
export type Hit = KnowledgeItem & { score: number }

/** Characters of all items that a model is shown. */
const longest = 3000
/** How alike a word must be to count when no form of it is the same: typing errors, names in another alphabet's case. */
const alike = 0.56

/**
 * The items that have to do with what was said, the best first, by words in all their Russian and English forms, and by likeness; then
 * others while there is room.
 */
export async function searchKnowledge(db: Queryable, said: string): Promise<Hit[]> {
  const words = [...new Set(said.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? [])].slice(0, 60)
  const { rows } = await db.query<Hit>(
    `with asked as (
       select replace(plainto_tsquery('russian', $1)::text, '&', '|')::tsquery as ru,
              replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery as en)
     select id, title, text,
       (ts_rank(words, ru) + ts_rank(words, en)
        + coalesce((select sum(greatest(likeness - $3, 0)) from (
            select word_similarity(in_latin(word), in_latin(title || ' ' || text)) as likeness from unnest($2::text[]) word
            where length(word) > 4) near), 0))::float8 as score
     from knowledge_items, asked order by score desc, id limit 200`,
    [words.join(' '), words, alike],
  )
  let length = 0
  return rows.filter(({ text }) => {
    if (length + text.length > longest) return false
    length += text.length
    return true
  })
}

/** As the sales step reads them: each part with the id that a sentence of it must name. */
export const renderHits = (hits: KnowledgeItem[]): string =>
  hits.flatMap(({ id, text }) => text.split(/\n| \/ /).map((part) => `[#${id}] ${part.trim()}`)).join('\n')
