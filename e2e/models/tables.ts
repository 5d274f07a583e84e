import type { Demo, Trouble } from './rehearse.ts'

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const usd = (amount: number | null) => (amount === null ? 'not known' : `$${amount.toFixed(5)}`)
const seconds = (value: number | null) => (value === null ? 'never' : `${value.toFixed(1)} s`)

export const demoTable = (demos: Demo[]): string =>
  table(
    ['Family', 'Model', 'Demo', 'First message', 'Booked after', 'Calls', 'Failed', 'Cost', "Vendor's bill"],
    demos.map(({ family, model, booked, seconds: took, calls, failed, cost, bill }) => [
      `\`${family.replaceAll('|', '\\|')}\``,
      model,
      booked ? 'booked' : '**not booked**',
      seconds(took.first),
      seconds(took.all),
      String(calls),
      failed.length === 0 ? 'none' : failed.join(', '),
      usd(cost),
      usd(bill),
    ]),
  )

export const troubleTable = (troubles: Trouble[]): string =>
  table(
    ['Who', 'What', 'Asked', 'Answered by', 'After'],
    troubles.map(({ who, what, calls, answeredBy, afterSeconds }) => [
      who,
      what,
      shorten(calls.map((call) => `${call.vendor} ${call.outcome} ${call.seconds.toFixed(1)} s`)),
      answeredBy ?? '**nobody**',
      `${afterSeconds} s`,
    ]),
  )

/** A long row of the same is told by its ends. */
const shorten = (calls: string[]): string =>
  calls.length <= 4
    ? calls.join(', ')
    : [...calls.slice(0, 2), `${calls.length - 4} more`, ...calls.slice(-2)].join(', ')

const [begin, end] = ['<!-- rehearsal -->', '<!-- end of the rehearsal -->']

/** The page with these tables in the place of the last ones. @throws when it has no place for them */
export function withTables(page: string, tables: string[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`The page has no place between ${begin} and ${end}`)
  return `${page.slice(0, from + begin.length)}\n\n${tables.join('\n\n')}\n\n${page.slice(to)}`
}
