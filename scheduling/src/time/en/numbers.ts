const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
const TENS: Record<string, number> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  )

const small = WORDS.toReversed().join('|')
const tens = Object.keys(TENS).join('|')

/** Pattern sources: a number in digits or words, and an ordinal in digits or words. */
export const NUMBER = `(?:\\d{1,3}|(?:${tens})[- ](?:${WORDS.slice(1, 10).join('|')})|${tens}|${small})`
export const ORDINAL = `(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:${ORDINALS.slice(0, 9).join('|')})|thirtieth|${ORDINALS.toReversed().join('|')})`

/** Value of a cardinal in digits or words; undefined when it is none. */
export function cardinal(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const parts = text.split(/[- ]/)
  const values = parts.map((part) => TENS[part] ?? WORDS.indexOf(part))
  return values.every((value) => value >= 0) ? values.reduce((sum, value) => sum + value, 0) : undefined
}

/** Value of "5th", "fifth" or "twenty-fifth". */
export function ordinal(text: string): number {
  if (/^\d/.test(text)) return Number.parseInt(text, 10)
  if (text === 'thirtieth') return 30
  return text.split(/[- ]/).reduce((sum, part) => sum + (TENS[part] ?? ORDINALS.indexOf(part) + 1), 0)
}
