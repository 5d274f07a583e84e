import type * as z from 'zod'

/** Any schema of this package, for those who check by one without depending on zod themselves. */
export type Schema<Value = unknown> = z.ZodType<Value>
