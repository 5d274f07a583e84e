/** Index of the first pattern that matches the whole word, or -1. */
export function wordIndex(patterns: string[], word: string): number {
  return patterns.findIndex((pattern) => new RegExp(`^(?:${pattern})$`, 'u').test(word))
}

/** Year from two or four digits; undefined when none was said. */
export function year(digits: string | undefined): number | undefined {
  if (!digits) return undefined
  const plain = digits.replace("'", '')
  return plain.length === 2 ? 2000 + Number(plain) : Number(plain)
}

/** True when a month can have that day. */
export function isDayOfMonth(day: number, month: number): boolean {
  return day >= 1 && month >= 1 && month <= 12 && day <= new Date(Date.UTC(2024, month, 0)).getUTCDate()
}
