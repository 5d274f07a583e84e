/**
 * Edges of a word for Russian and English alike. JavaScript's own word classes (backslash b, w and W) know ASCII letters only: next to
 * Cyrillic they see an edge where there is none. For expressions with the flag `u`.
 */
export const wordStart = String.raw`(?<![\p{L}\p{N}_])`
export const wordEnd = String.raw`(?![\p{L}\p{N}_])`

/**
 * One expression for whole words or phrases, in any case. A space in a phrase is any white space; the rest is regular-expression
 * syntax. Give it text in lower case with е for ё where the phrases are written so.
 */
export function anyOf(phrases: readonly string[], flags = ''): RegExp {
  const body = phrases.map((phrase) => phrase.replaceAll(' ', String.raw`\s+`)).join('|')
  return new RegExp(`${wordStart}(?:${body})${wordEnd}`, `iu${flags}`)
}

/** Words of a text: runs of letters and digits, with an apostrophe or hyphen inside. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
