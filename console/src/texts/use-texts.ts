import { createContext, use } from 'react'
import { en } from './en.ts'
import { ru } from './ru.ts'
import type { Language, Texts } from './texts.ts'

export const dictionaries: Record<Language, Texts> = { ru, en }

export type LanguageChoice = { language: Language; setLanguage: (language: Language) => void }
export const LanguageContext = createContext<LanguageChoice>({ language: 'ru', setLanguage: () => {} })

/** The language of the page, as the person chose it here or in the browser. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem('language')
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.languages.some((name) => name.startsWith('ru')) ? 'ru' : 'en'
}

export const useLanguage = () => use(LanguageContext)
export const useTexts = (): Texts => dictionaries[use(LanguageContext).language]
