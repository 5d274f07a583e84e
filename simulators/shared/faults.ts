import { z } from 'zod'

/**
 * A fault is data: what to match, what goes wrong, how many times. `match` compares each given key with the subject the
 * simulator offers (`method`, `path`, `kind`, ...): equal, or, for a value with `*`, a wildcard match.
 *
 * - `status` (+ `body`, `headers`): an HTTP answer instead of the real one; nothing is processed.
 * - `error`: a protocol error by name (Telegram: `FLOOD_WAIT_30`); nothing is processed.
 * - `delayMs`: wait, then go on as usual.
 * - `drop`: lost before it is processed; the connection is cut without an answer, a hook is never sent.
 * - `duplicate`: happens twice.
 * - `close`: processed in full, then the connection is cut before the answer.
 * - `silent`: processed in full, but the answer never comes; the connection stays (MTProto only).
 */
export const faultSchema = z.object({
  match: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  fault: z.strictObject({
    status: z.number().int().min(100).max(599).optional(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    error: z.string().optional(),
    delayMs: z.number().int().min(0).max(600_000).optional(),
    drop: z.boolean().optional(),
    duplicate: z.boolean().optional(),
    close: z.boolean().optional(),
    silent: z.boolean().optional(),
  }),
  times: z.number().int().min(1).default(1),
})

export type FaultRule = z.infer<typeof faultSchema>
export type Fault = FaultRule['fault']

export type Faults = {
  add: (rules: FaultRule[]) => void
  clear: () => void
  list: () => FaultRule[]
  /** Takes (and counts down) the first rule that matches. */
  take: (subject: Record<string, unknown>) => Fault | undefined
}

export function createFaults(): Faults {
  let rules: FaultRule[] = []
  return {
    add: (more) => void rules.push(...more.map((rule) => ({ ...rule }))),
    clear: () => void (rules = []),
    list: () => rules,
    take(subject) {
      const rule = rules.find((candidate) => matches(candidate.match, subject))
      if (!rule) return undefined
      rule.times -= 1
      if (rule.times <= 0) rules = rules.filter((other) => other !== rule)
      return rule.fault
    },
  }
}

function matches(match: FaultRule['match'], subject: Record<string, unknown>): boolean {
  return Object.entries(match).every(([key, wanted]) => {
    const actual = subject[key]
    if (typeof wanted !== 'string' || !wanted.includes('*')) return String(actual) === String(wanted)
    const pattern = wanted.split('*').map(escapeForRegExp).join('.*')
    return new RegExp(`^${pattern}$`, 's').test(String(actual ?? ''))
  })
}

const escapeForRegExp = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
