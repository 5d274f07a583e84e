/**
 * Turns a readable pattern into a regular expression over whole words, Russian or English, any case. In a pattern a
 * space is any white space (` ?` an optional one), `*` the rest of a word, `~` up to 40 characters of the same sentence; the rest is
 * regular-expression syntax. Match it against `plain` text.
 */
export function phrase(patterns: string[], flags = ''): RegExp {
  const body = patterns
    .map((pattern) =>
      pattern
        .replaceAll(' ?', String.raw`\s?`)
        .replaceAll(' ', String.raw`\s+`)
        .replaceAll('*', String.raw`[\p{L}\p{N}]{0,20}`)
        .replaceAll('~', String.raw`[^.!?\n]{0,40}?`),
    )
    .join('|')
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${body})(?![\p{L}\p{N}])`, `iu${flags}`)
}

/** One spelling for letters that people write in two ways. Keeps the length, so positions stay those of the original. */
export const plain = (text: string) =>
  text.replaceAll('ё', 'е').replaceAll('Ё', 'Е').replaceAll(/[’`´]/g, "'")

/** Sentences and lines of a text, trimmed, with their end marks. */
export const sentencesOf = (text: string) =>
  (text.match(/[^.!?\n]+(?:\.(?=\S)[^.!?\n]*)*[.!?]*/g) ?? []).map((one) => one.trim()).filter(Boolean)

/** Words of a text in lower case. */
export const wordsOf = (text: string) =>
  plain(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []
