import { createHmac, randomBytes } from 'node:crypto'
import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import { createKeyring, type Keyring } from '../secrets/keyring.ts'
import type { Sign } from './signs.ts'

export const erasureKeyPlace = 'erasure_key\nmain'

/** Which of these signs are of erased people, with the erasure: nothing of these people may be kept again. */
export async function findErased(
  app: Ports<'config'>,
  db: Queryable,
  signs: readonly Sign[],
): Promise<Map<Sign, number>> {
  if (signs.length === 0) return new Map()
  const key = await readKey(app, db)
  if (!key) return new Map()
  const marks = new Map(signs.map((sign) => [markOf(key, sign).toString('hex'), sign]))
  const { rows } = await db.query<{ mark: string; erasure_id: number }>(
    `select encode(mark, 'hex') as mark, erasure_id from erased_marks
     where mark = any(array(select decode(unnest($1::text[]), 'hex')))`,
    [[...marks.keys()]],
  )
  return new Map(
    rows.flatMap((row) => {
      const sign = marks.get(row.mark)
      return sign ? [[sign, row.erasure_id] as const] : []
    }),
  )
}

/** The person may be met again. @returns whether they were erased */
export async function liftErasure(
  app: Ports<'config'>,
  db: Queryable,
  signs: readonly Sign[],
): Promise<boolean> {
  const erased = await findErased(app, db, signs)
  if (erased.size === 0) return false
  await db.query('delete from erased_marks where erasure_id = any($1)', [[...new Set(erased.values())]])
  return true
}

/** From now on whoever has one of these signs is known as erased. @returns how many marks are new */
export async function addMarks(
  app: Ports<'config'>,
  tx: Queryable,
  erasureId: number,
  signs: readonly Sign[],
): Promise<number> {
  const key = await makeKey(app, tx)
  const { rowCount } = await tx.query(
    `insert into erased_marks (mark, erasure_id) select unnest($1::bytea[]), $2 on conflict (mark) do nothing`,
    [signs.map((sign) => markOf(key, sign)), erasureId],
  )
  return rowCount ?? 0
}

/** Something of an erased person came and was not kept: people see that it did, and nothing else of it. */
export async function countTurnedAway(db: Queryable, erasureIds: number[]): Promise<void> {
  await db.query(
    'update erasures set turned_away = turned_away + 1, turned_away_at = now() where id = any($1)',
    [erasureIds],
  )
}

/** A hash that only this system can make: nobody guesses what it was made of. */
export async function hashWithKey(app: Ports<'config'>, tx: Queryable, text: string): Promise<string> {
  return createHmac('sha256', await makeKey(app, tx))
    .update(text)
    .digest('hex')
}

const markOf = (key: Buffer, sign: Sign) => createHmac('sha256', key).update(sign).digest()

const keyring = ({ config }: Ports<'config'>): Keyring => createKeyring(config.appKey, config.appKeyOld)

/** Null while nobody was ever erased. */
async function readKey(app: Ports<'config'>, db: Queryable): Promise<Buffer | null> {
  const { rows } = await db.query<{ sealed: Buffer; key_id: string }>(
    'select sealed, key_id from erasure_key',
  )
  return rows[0] ? keyring(app).unseal(erasureKeyPlace, rows[0].key_id, rows[0].sealed) : null
}

async function makeKey(app: Ports<'config'>, tx: Queryable): Promise<Buffer> {
  const { keyId, sealed } = keyring(app).seal(erasureKeyPlace, randomBytes(32))
  await tx.query(
    `insert into erasure_key (id, sealed, key_id) values ('main', $1, $2) on conflict (id) do nothing`,
    [sealed, keyId],
  )
  const { sealed: kept, key_id: id } = one(
    await tx.query<{ sealed: Buffer; key_id: string }>('select sealed, key_id from erasure_key'),
  )
  return keyring(app).unseal(erasureKeyPlace, id, kept)
}
