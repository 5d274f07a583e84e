import { one, type Queryable } from '../database/pool.ts'

/** A queue and words to look for, under a name of one's own. */
type Filter = { name: string; queue: string; search: string }

const most = 20

export async function listFilters(db: Queryable, userId: number): Promise<(Filter & { id: number })[]> {
  const { rows } = await db.query<Filter & { id: number }>(
    'select id, name, queue, search from console_filters where user_id = $1 order by id limit $2',
    [userId, most],
  )
  return rows
}

/** @returns its id, or null when this person has as many as there may be */
export async function saveFilter(
  db: Queryable,
  userId: number,
  { name, queue, search }: Filter,
): Promise<number | null> {
  const { n } = one(
    await db.query<{ n: number }>('select count(*)::int as n from console_filters where user_id = $1', [
      userId,
    ]),
  )
  if (n >= most) return null
  return one(
    await db.query<{ id: number }>(
      'insert into console_filters (user_id, name, queue, search) values ($1, $2, $3, $4) returning id',
      [userId, name, queue, search],
    ),
  ).id
}

/** Only one's own. */
export async function dropFilter(db: Queryable, userId: number, id: number): Promise<boolean> {
  const { rowCount } = await db.query('delete from console_filters where id = $1 and user_id = $2', [
    id,
    userId,
  ])
  return rowCount === 1
}
