export type DialogRules = {
  perDay: number
  warmUpDays: number
  warmUpPerDay: number
  /** Shortest and longest time between two new dialogs of an account. */
  gapSec: [number, number]
}

const dayMs = 86_400_000

/**
 * When an account may begin its next dialog: never sooner than a gap of random length after the last one, and never more than
 * the cap within any 24 hours. What is planned is taken into account like what was begun, so the answer is behind all of it.
 * @param taken when other dialogs began or shall begin
 * @param random between 0 and 1
 */
export function planDialog(
  taken: Date[],
  { now, rules, firstOnline, random }: { now: Date; rules: DialogRules; firstOnline: Date; random: number },
): { at: Date; why: 'now' | 'pace' | 'daily-cap' } {
  const times = taken.map((time) => time.getTime()).toSorted((a, b) => a - b)
  const [shortest, longest] = rules.gapSec
  const gapMs = (shortest + (longest - shortest) * random) * 1000
  const warmUntil = firstOnline.getTime() + rules.warmUpDays * dayMs
  const last = times.at(-1)
  let at = last === undefined ? now.getTime() : Math.max(now.getTime(), last + gapMs)
  let why: 'now' | 'pace' | 'daily-cap' = at > now.getTime() ? 'pace' : 'now'
  for (;;) {
    const cap = at < warmUntil ? Math.min(rules.warmUpPerDay, rules.perDay) : rules.perDay
    const leaves = times.filter((time) => time > at - dayMs).at(-cap)
    if (leaves === undefined) return { at: new Date(at), why }
    // When enough of them are a day old; whole window plus the jitter, so that the days do not look alike.
    at = leaves + dayMs + Math.round(gapMs * random)
    why = 'daily-cap'
  }
}
