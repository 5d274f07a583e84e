import * as z from 'zod'
import { type Language, languages } from '../../texts/index.ts'

/** The languages that the assistant speaks: those that texts/ has. */
export const languageSchema = z.enum(languages)
export { type Language, languages }
