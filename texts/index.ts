import { en, type Texts, toForeigner } from './en.ts'
import { ru } from './ru.ts'

/** The languages that code speaks. A new one is its code here, and a file with the keys of en.ts; the compiler names the rest. */
export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

export const texts: Record<Language, Texts> = { ru, en }

export const inEachLanguage = <Value>(say: (text: Texts) => Value): Record<Language, Value> => ({
  ru: say(texts.ru),
  en: say(texts.en),
})

export { type Texts, toForeigner }
