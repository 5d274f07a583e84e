import { z } from 'zod'
import { instant } from '../plain-text.ts'
import { Problem } from '../problems.ts'

/** A span of time in the query of an address. */
export const spanSchema = z.object({ from: instant, to: instant })

const dayMs = 86_400_000

/** @throws Problem when it ends before it begins or is longer than so many days */
export function checkSpan<Span extends { from: Date; to: Date }>(span: Span, mostDays: number): Span {
  const lengthMs = span.to.getTime() - span.from.getTime()
  if (lengthMs > 0 && lengthMs <= mostDays * dayMs) return span
  const detail = `must be after \`from\`, by at most ${mostDays} days`
  throw new Problem('invalid-request', `\`to\` ${detail}`, [{ field: 'to', detail }])
}
