import { hearLanguage } from './hear-language.ts'
import { hearStop, type StopHeard } from './stop/hear-stop.ts'
import { hearZone } from './zone/hear-zone.ts'

export type Heard = { stop: StopHeard; language: 'ru' | 'en' | null; zone: string | null }

/** What code alone hears in one message. Pure: no model, no database, no clock. */
export const hear = (text: string): Heard => ({
  stop: hearStop(text),
  language: hearLanguage(text),
  zone: hearZone(text),
})
