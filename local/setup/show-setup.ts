import type { CheckedPart, CheckedSetup } from './check-setup.ts'
import type { Row, SetupText } from './part.ts'

export const faultLines = (rows: Row[]): string[] =>
  rows.flatMap(({ what, fault, next }) =>
    fault === null ? [] : [`  ✘ ${what}: ${fault}`, `      -> ${next}`],
  )

const isGood = ({ rows }: CheckedPart) => rows.every(({ fault }) => fault === null)

/** The table that a setup ends with, the faults with their mends, and what comes next. */
export function showSetup(checked: CheckedSetup, text: SetupText): string {
  const { parts: labels, ways, how, steps, table } = text
  const rows = [
    [table.part, table.state, table.checked, table.next],
    ...checked.parts.map((one) => [
      `${one.way.isReal ? (isGood(one) ? '✔' : '✘') : '·'} ${labels[one.part]}`,
      ways[one.way.id],
      how[one.way.how],
      isGood(one) ? steps[one.way.step] : table.mend,
    ]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)))
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const faults = checked.parts
    .filter((one) => !isGood(one))
    .flatMap(({ part, rows: found }) => [labels[part], ...faultLines(found)])
  const later = checked.parts.flatMap(({ rows: found }) =>
    found.flatMap(({ what, has, fault, next }) =>
      fault === null && next !== null ? [`! ${what}: ${has} -> ${next}`] : [],
    ),
  )
  const settings = faultLines(checked.settings)
  const simulated = checked.mixed.map((part) => labels[part]).join(', ')
  return [
    '',
    ...lines,
    '',
    ...faults,
    ...(settings.length > 0 ? [text.settings, ...settings] : []),
    ...later,
    ...(simulated ? [`! ${text.mixed(simulated)}`] : []),
    checked.ok ? text.allGood : text.notAllGood,
  ].join('\n')
}

/** The same for scripts. */
export const setupJson = ({ ok, parts, settings, mixed }: CheckedSetup) => ({
  ok,
  parts: parts.map(({ part, way, rows }) => ({ part, way: way.id, real: way.isReal, rows })),
  settings,
  simulatedWhileTelegramIsReal: mixed,
})
