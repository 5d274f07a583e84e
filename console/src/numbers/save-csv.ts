import type { Numbers } from '@lead/contract/console'
import { saveFile } from '../ui/save-file.ts'

/** Saves what the page shows as one table that spreadsheets read. */
export function saveCsv({ funnel, firstTouch, reply, variants, days }: Numbers): void {
  const rows: (string | number)[][] = [
    ['name', 'value'],
    ...funnel.map(({ step, count }) => [step, count]),
    ['first_touch_p50_s', firstTouch.p50 ?? ''],
    ['first_touch_p95_s', firstTouch.p95 ?? ''],
    ['reply_p50_s', reply.p50 ?? ''],
    ['reply_p95_s', reply.p95 ?? ''],
    ...variants.flatMap((one) => one.funnel.map(({ step, count }) => [`${one.variant}_${step}`, count])),
    [],
    ['day', 'received', 'replied', 'booked'],
    ...days.map(({ day, received, replied, booked }) => [day, received, replied, booked]),
  ]
  const text = rows.map((row) => row.join(',')).join('\r\n')
  saveFile('numbers.csv', 'text/csv', text)
}
