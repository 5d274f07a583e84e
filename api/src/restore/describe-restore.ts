import type { Queryable } from '../database/pool.ts'

type Row = { kind: string; lead_id: number | null; text: string | null; sent_at: Date | null; detail: string }

const titles: [kind: string, title: string][] = [
  ['message', 'Adopted: words of the assistant, known by their ids or texts'],
  ['meeting', 'Adopted: meetings, known by their marks in the calendar'],
  ['check', 'To check'],
  ['unknown', 'Unknown: marked as ours, and no lead of ours'],
]

/** What was found after the last restore, as lines for a person. */
export async function describeRestore(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{
    id: number
    file: string
    dumped_at: Date
    restored_at: Date
    settled_at: Date | null
  }>('select * from restores order by id desc limit 1')
  const [restore] = rows
  if (!restore) return ['Nothing was ever restored here.']
  const found = await db.query<Row>(
    `select f.kind, f.lead_id, left(m.text, 80) as text, m.sent_at, f.detail
     from restore_findings f left join messages m on m.id = f.message_id
     where f.restore_id = $1 order by f.kind, f.lead_id, m.sent_at, f.ref`,
    [restore.id],
  )
  const state = restore.settled_at
    ? `all was read until ${restore.settled_at.toISOString()}`
    : 'not all was read yet: nothing is sent until then. Is the system running?'
  return [
    `${restore.file}: the state of ${restore.dumped_at.toISOString()}, restored ${restore.restored_at.toISOString()}; ${state}`,
    ...titles.flatMap(([kind, title]) => {
      const some = found.rows.filter((row) => row.kind === kind)
      return ['', `${title}: ${some.length}`, ...some.map(lineOf)]
    }),
  ]
}

const lineOf = ({ lead_id: lead, text, sent_at: at, detail }: Row): string =>
  [
    '  ',
    ...(lead === null ? [] : [`lead ${lead}`]),
    ...(at ? [at.toISOString()] : []),
    ...(text === null ? [] : [`"${text.replaceAll(/\s+/g, ' ')}"`]),
    detail,
  ].join('  ')
