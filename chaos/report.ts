import type { ChaosResult } from './run-chaos.ts'

const shown = 3

/** The result for people: one line per invariant with its first violations, then the totals. */
export function describeResult({
  invariants,
  totals,
  slowestRecovery,
  options,
  dataDir,
  ok,
}: ChaosResult): string {
  const lines = invariants.flatMap(({ name, checked, violations }) => [
    `${violations.length === 0 ? '✔' : '✘'} ${name} (${checked} checked${violations.length ? `, ${violations.length} violated` : ''})`,
    ...violations
      .slice(0, shown)
      .map(({ what, where }) => `    ${what}${where.length ? `  [${where.join(' ')}]` : ''}`),
    ...(violations.length > shown ? [`    and ${violations.length - shown} more`] : []),
  ])
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `    ${String(count).padStart(3)}  ${name}`)
      .toSorted()
  const { people, messages, meetings, kills, faults, newcomers, deadLetters, seconds, troubles, leftOut } =
    totals
  lines.push(
    '',
    `people ${people}${newcomers ? ` and ${newcomers} who came later` : ''}, messages ${messages.person} in and ${messages.ai} out (${messages.human} by a human), meetings made ${meetings}, dead letters ${deadLetters}`,
    `ended and started again: ${sum(kills)}`,
    ...list(kills),
    `faults in the traffic: ${sum(faults)}`,
    ...list(faults),
    `what lasted for a while: ${troubles.join(', ') || 'nothing'}`,
    ...leftOut.map((one) => `left out: ${one}`),
  )
  if (slowestRecovery) {
    const { part, why, seconds: slow } = slowestRecovery
    lines.push(`slowest recovery: ${slow.toFixed(1)} s from the restart to the next effect (${part}, ${why})`)
  }
  lines.push(`seed ${options.seed}, ${seconds} s`)
  if (dataDir) lines.push(`data folder with journals (observed.json), plan and logs: ${dataDir}`)
  if (!ok) {
    const { seed, kills: number, minutes, people: count, broken, cluster } = options
    const again = `npm run chaos -- --seed ${seed} --kills ${number} --minutes ${minutes} --people ${count}`
    lines.push(`the same again: ${again}${broken ? ` --broken ${broken}` : ''}${cluster ? ' --cluster' : ''}`)
  }
  return lines.join('\n')
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0)
