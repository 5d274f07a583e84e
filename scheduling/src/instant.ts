import { z } from 'zod'

const withSeconds = z.iso.datetime({ offset: true })
const withoutSeconds = z.iso.datetime({ offset: true, precision: -1 })

/** RFC 3339 instant with an offset; seconds may be left out. */
export const instant = z
  .string()
  .refine(
    (text) => withSeconds.safeParse(text).success || withoutSeconds.safeParse(text).success,
    'an RFC 3339 instant with an offset is expected',
  )
