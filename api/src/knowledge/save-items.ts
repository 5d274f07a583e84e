import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'

/** Makes the items of the files and of business.yaml those of the database; answers of people stay. */
export async function saveItems({ db, business }: Ports<'db' | 'business'>): Promise<void> {
  const ids = business.knowledge.map(({ id }) => id)
  await inTransaction(db, async (tx) => {
    await tx.query(`delete from knowledge_items where source <> 'answer' and not id = any($1)`, [ids])
    for (const { id, title, text } of business.knowledge)
      await tx.query(
        `insert into knowledge_items (id, source, title, text) values ($1, 'file', $2, $3)
         on conflict (id) do update set source = 'file', title = excluded.title, text = excluded.text, updated_at = now()
         where (knowledge_items.title, knowledge_items.text) is distinct from (excluded.title, excluded.text)`,
        [id, title, text],
      )
  })
}
