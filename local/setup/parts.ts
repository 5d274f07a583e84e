import { amocrmPart } from './amocrm-part.ts'
import { googlePart } from './google-part.ts'
import { anthropicPart, openAiPart, voicePart } from './model-parts.ts'
import type { Part } from './part.ts'
import { telegramPart } from './telegram-part.ts'

/** Everything that may be real, in the order in which it is asked. */
export const parts: Part[] = [amocrmPart, telegramPart, openAiPart, anthropicPart, voicePart, googlePart]
