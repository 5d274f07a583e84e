import type { Language } from '../brain/turn.ts'

/** The language of a text by its letters; `fallback` when it has none of either. */
export function languageOf(text: string, fallback: Language = 'ru'): Language {
  const russian = text.match(/[а-яё]/gi)?.length ?? 0
  const english = text.match(/[a-z]/gi)?.length ?? 0
  if (russian === 0 && english === 0) return fallback
  return russian * 2 >= english ? 'ru' : 'en'
}
