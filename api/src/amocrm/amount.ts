/** Words after a number, by their first letters; the longer ones first. */
const multipliers: [RegExp, number][] = [
  [/^(?:млрд|миллиард\p{L}*|billion\p{L}*|bn)(?!\p{L})/u, 1e9],
  [/^(?:млн|миллион\p{L}*|лям\p{L}*|million\p{L}*|mln|mn|кк|kk|m|м)(?!\p{L})/u, 1e6],
  [/^(?:тыс|тысяч\p{L}*|т\.?\s?р|thousand\p{L}*|к|k|т|t)(?!\p{L})/u, 1e3],
]
/** Larger ones are shown wrong in amoCRM. */
const largest = 1e12

/**
 * The one amount that a text names: "до 1,5 млн рублей" is 1500000, "$10k" is 10000. Null when it names none, or several: of "from 100
 * to 200" neither is the amount.
 */
export function amountOf(text: string): number | null {
  const found = [...text.toLowerCase().matchAll(/(?<![\p{L}\d])[$€£₽]?\s?(\d[\d\s .,'’]*)/gu)]
  const [match] = found
  if (!match || found.length !== 1) return null
  const digits = (match[1] ?? '').replace(/[\s .,'’]+$/u, '')
  const number = numberOf(digits)
  if (number === null) return null
  const rest = text
    .toLowerCase()
    .slice(match.index + match[0].indexOf(digits) + digits.length)
    .trimStart()
  if (/^[-–—…%]/.test(rest) && /^[-–—…%]\s*(?:\d|$)|^%/u.test(rest)) return null
  const times = multipliers.find(([words]) => words.test(rest))?.[1] ?? 1
  const amount = Math.round(number * times * 100) / 100
  return amount <= largest ? amount : null
}

/** "1 500 000", "1.500.000", "1,500,000", "1,5", "2.75". A group of three after one mark is thousands: nobody says prices in mills. */
function numberOf(digits: string): number | null {
  const bare = digits.replace(/[\s '’]/gu, '')
  const marks = bare.match(/[.,]/g) ?? []
  const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(bare)
  const text = grouped
    ? bare.replace(/[.,]/g, '')
    : marks.length > 1
      ? bare.replace(/[.,](?=.*[.,])/g, '').replace(',', '.')
      : bare.replace(',', '.')
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}
