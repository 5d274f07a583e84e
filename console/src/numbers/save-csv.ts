import type { Numbers } from '@lead/contract/console'

/** Saves what the page shows as one table that spreadsheets read. */
export function saveCsv({ funnel, firstTouch, reply, days }: Numbers): void {
  const rows: (string | number)[][] = [
    ['name', 'value'],
    ...funnel.map(({ step, count }) => [step, count]),
    ['first_touch_p50_s', firstTouch.p50 ?? ''],
    ['first_touch_p95_s', firstTouch.p95 ?? ''],
    ['reply_p50_s', reply.p50 ?? ''],
    ['reply_p95_s', reply.p95 ?? ''],
    [],
    ['day', 'received', 'replied', 'booked'],
    ...days.map(({ day, received, replied, booked }) => [day, received, replied, booked]),
  ]
  const text = rows.map((row) => row.join(',')).join('\r\n')
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: 'numbers.csv' })
  link.click()
  URL.revokeObjectURL(address)
}
