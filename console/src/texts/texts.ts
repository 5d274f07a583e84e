import type { en } from './en.ts'

/** The shape of all sentences: a language that lacks one does not compile. */
export type Texts = typeof en
export type Language = 'ru' | 'en'

/** Puts values in the places of `{name}`. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
