import { z } from 'zod'

/** A text that people write: trimmed, not empty, of at most `max` characters, without the NUL that PostgreSQL cannot keep. */
export const plainText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\0'), 'must not contain the NUL character')
