import * as z from 'zod'

/** PostgreSQL keeps no NUL in a text. */
export const plainText = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes('\0'))
