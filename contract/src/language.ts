import * as z from 'zod'

/** The languages that the assistant speaks. */
export const languages = ['ru', 'en'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>
