import { z } from 'zod'

/** docs/advisories.json. */
export const acceptedSchema = z.strictObject({
  /** The day of the last answer of the registry; null: none was ever given. */
  checked: z.iso.date().nullable(),
  accepted: z.array(
    z.strictObject({
      package: z.string(),
      advisory: z.string(),
      why: z.string().min(20),
      until: z.iso.date(),
    }),
  ),
})
type Accepted = z.output<typeof acceptedSchema>

/** Of `npm audit --json`. */
const auditSchema = z.looseObject({
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      severity: z.string(),
      via: z.array(
        z.union([z.string(), z.looseObject({ url: z.string(), title: z.string(), severity: z.string() })]),
      ),
    }),
  ),
})

/**
 * What of an audit has to be mended: advisories that are high or critical and not accepted, or not any more.
 * @returns null: that is no answer of an audit
 */
export function judgeAdvisories(answer: unknown, { accepted }: Accepted, today: string): string[] | null {
  const audit = auditSchema.safeParse(answer)
  if (!audit.success) return null
  const found = new Set<string>()
  for (const [name, { via }] of Object.entries(audit.data.vulnerabilities))
    for (const one of via) {
      if (typeof one === 'string' || !['high', 'critical'].includes(one.severity)) continue
      const known = accepted.find((each) => each.package === name && one.url.endsWith(each.advisory))
      if (!known) found.add(`${name}: ${one.severity}, ${one.title} (${one.url})`)
      else if (known.until < today) found.add(`${name}: ${known.advisory} was accepted until ${known.until}`)
    }
  return [...found]
}
