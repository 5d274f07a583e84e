import { z } from 'zod'
import { clip } from '../text/storable.ts'

/** A text that people write: trimmed, not empty, of at most `max` characters. */
export const plainText = (max: number) => z.string().trim().min(1).max(max)

/** What a program says of its failures: kept as far as `max` characters go, never a reason to refuse the report. */
export const clippedText = (max: number) => z.string().transform((text) => clip(text, max))

/** An ISO instant with its offset, between the years 1 and 9999. */
export const instantText = z.iso.datetime({ offset: true }).refine((text) => {
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= 9999
}, 'is not a date between the years 1 and 9999')
export const instant = instantText.transform((text) => new Date(text))
