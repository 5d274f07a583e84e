import { z } from 'zod'

/** A text that people write: trimmed, not empty, of at most `max` characters. */
export const plainText = (max: number) => z.string().trim().min(1).max(max)
