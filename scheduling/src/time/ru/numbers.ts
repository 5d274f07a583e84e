const CARDINALS: [number, string][] = [
  [0, 'ноль|нуль|ноля|нуля'],
  [1, 'один|одна|одну|одного|одному|одной'],
  [2, 'два|две|двух|двум|двумя'],
  [3, 'три|трех|трем|тремя'],
  [4, 'четыре|четырех|четырем|четырьмя'],
  [5, 'пять|пяти|пятью'],
  [6, 'шесть|шести|шестью'],
  [7, 'семь|семи|семью'],
  [8, 'восемь|восьми|восемью'],
  [9, 'девять|девяти|девятью'],
  [10, 'десять|десяти|десятью'],
  [11, 'одиннадцать|одиннадцати|одинадцать|одинадцати'],
  [12, 'двенадцать|двенадцати'],
  [13, 'тринадцать|тринадцати'],
  [14, 'четырнадцать|четырнадцати'],
  [15, 'пятнадцать|пятнадцати'],
  [16, 'шестнадцать|шестнадцати'],
  [17, 'семнадцать|семнадцати'],
  [18, 'восемнадцать|восемнадцати'],
  [19, 'девятнадцать|девятнадцати'],
  [20, 'двадцать|двадцати'],
  [30, 'тридцать|тридцати'],
  [40, 'сорок|сорока'],
  [50, 'пятьдесят|пятидесяти'],
  [60, 'шестьдесят|шестидесяти'],
  [70, 'семьдесят|семидесяти'],
  [80, 'восемьдесят|восьмидесяти'],
  [90, 'девяносто|девяноста'],
  [100, 'сто|ста'],
]

const ORDINAL_STEMS: [number, string][] = [
  [1, 'перв'],
  [2, 'втор'],
  [3, 'треть|трет'],
  [4, 'четверт'],
  [5, 'пят'],
  [6, 'шест'],
  [7, 'седьм'],
  [8, 'восьм'],
  [9, 'девят'],
  [10, 'десят'],
  [11, 'одиннадцат|одинадцат'],
  [12, 'двенадцат'],
  [13, 'тринадцат'],
  [14, 'четырнадцат'],
  [15, 'пятнадцат'],
  [16, 'шестнадцат'],
  [17, 'семнадцат'],
  [18, 'восемнадцат'],
  [19, 'девятнадцат'],
  [20, 'двадцат'],
  [30, 'тридцат'],
]

const values = new Map(
  CARDINALS.flatMap(([value, forms]) => forms.split('|').map((form) => [form, value] as const)),
)
const stems = ORDINAL_STEMS.flatMap(([value, forms]) =>
  forms.split('|').map((form) => [form, value] as const),
).sort((a, b) => b[0].length - a[0].length)

const longestFirst = (forms: Iterable<string>): string =>
  [...forms].sort((a, b) => b.length - a.length).join('|')
const word = longestFirst(values.keys())

/** Pattern sources: a number in digits or words (up to 59), and an ordinal in the genitive or nominative. */
export const NUMBER = `(?:\\d{1,3}(?!\\d)|(?:(?:двадцать|двадцати|тридцать|тридцати|сорок|сорока|пятьдесят|пятидесяти|шестьдесят|семьдесят|восемьдесят|девяносто) (?:${word})|(?:${word}))(?!\\p{L}))`
export const ORDINAL = `(?:(?:двадцать |тридцать )?(?:${stems.map(([stem]) => stem).join('|')})(?:ого|его|ое|ье|ьего|ому|ему|ым|им|ом|ем))(?![\\p{L}\\d])`

/** Value of a cardinal in digits or words; undefined when it is none. */
export function cardinal(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  let sum = 0
  for (const part of text.split(' ')) {
    const value = values.get(part)
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}

/** Value of an ordinal such as "пятого" or "двадцать пятое". */
export function ordinal(text: string): number {
  return text.split(' ').reduce((sum, part) => {
    const stem = stems.find(([start]) => part.startsWith(start))
    return sum + (values.get(part) ?? stem?.[1] ?? 0)
  }, 0)
}
