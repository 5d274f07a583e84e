import type { Numbers } from '@lead/contract/console'
import { saveFile } from '../ui/save-file.ts'

/** What was asked for: the first and the last day, and of which source alone; '' are the leads without one. */
type Asked = { first: string; last: string; source?: string | undefined }
type Row = [group: string, name: string, what: string, value: number | string | null]

/** Saves everything that the page shows as one table that spreadsheets read: a number a row, with what it is of. */
export function saveCsv(numbers: Numbers, { first, last, source }: Asked): void {
  const { funnel, firstTouch, reply, spent, days } = numbers
  const parts = (['sources', 'sellers', 'variants'] as const).flatMap((by) =>
    numbers[by].flatMap(({ name, funnel: steps }) =>
      steps.map(({ step, count }): Row => [by, name ?? '', step, count]),
    ),
  )
  const rows: Row[] = [
    ['asked', '', 'first_day', first],
    ['asked', '', 'last_day', last],
    ['asked', '', 'source', source ?? '*'],
    ...funnel.map(({ step, count }): Row => ['all', '', step, count]),
    ...parts,
    ['first_touch', '', 'p50_seconds', firstTouch.p50],
    ['first_touch', '', 'p95_seconds', firstTouch.p95],
    ['answers', '', 'p50_seconds', reply.p50],
    ['answers', '', 'p95_seconds', reply.p95],
    ['answers', '', 'timed', reply.count],
    ['answers', '', 'outside_hours', numbers.outsideHours],
    ['models', '', 'cost_usd', spent.cost],
    ['models', '', 'tokens', spent.tokens],
    ['models', '', 'meetings_made', spent.meetings],
    ...numbers.objections.map(({ kind, count }): Row => ['objections', kind, 'turns', count]),
    ...numbers.handOffs.map(({ intent, count }): Row => ['hand_offs', intent ?? '', 'turns', count]),
    ...numbers.handedOff.map(({ source: way, count }): Row => ['with_humans', way, 'leads', count]),
    ...days.flatMap(({ day, ...counts }) =>
      Object.entries(counts).map(([what, count]): Row => ['days', day, what, count]),
    ),
  ]
  const lines = [['group', 'name', 'what', 'value'], ...rows].map((row) => row.map(cell).join(','))
  // The mark at the beginning tells Excel that it is UTF-8.
  saveFile(`numbers-${first}-${last}.csv`, 'text/csv', `\uFEFF${lines.join('\r\n')}\r\n`)
}

/** Sources are words of others: a spreadsheet would run what begins like a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
