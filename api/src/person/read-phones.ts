import type { CountryCode } from 'libphonenumber-js/max'
import { interpretPhone, type Phone } from './interpret-phone.ts'
import { emailPattern, plainLine } from './plain-line.ts'

const extension =
  /(?<=[\d)])\s*[,.;]*\s*(?:\(\s*)?(?:доб|добав|добавочный|внутр|внутренний|вн|ext|extn|extension|x|х|p|w|#|\*)\s*[.:=№#]*\s*\(?\s*\d{1,6}(?!\d)\)?/giu
/** Dialling pauses: ",,12". */
const pause = /(?<=\d),{2,}\d{1,6}(?!\d)/g
const address = /(?:https?:\/\/|www\.)\S+/gi

/**
 * The phones of a person as E.164, in the order to try: mobiles first, else as written. One value may hold several, with words
 * around; what is no phone is left out.
 * @param countries whose local numbers they may be, the likeliest first
 */
export function readPhones(values: string[], countries: CountryCode[]): string[] {
  const found = values.flatMap((value) => phonesIn(value, countries))
  const ordered = [...found.filter(({ mobile }) => mobile), ...found.filter(({ mobile }) => !mobile)]
  return [...new Set(ordered.map(({ number }) => number))]
}

function phonesIn(value: string, countries: CountryCode[]): Phone[] {
  return plainLine(value)
    .replaceAll(address, ' ')
    .replaceAll(emailPattern, ' ')
    .replaceAll(/(?<=\+\d{1,3}[\s-]*)\(0\)/g, '')
    .replaceAll(extension, '\n')
    .replaceAll(pause, '\n')
    .split(/[\p{L}_]+|[\n\r;|]|(?=\+)/u)
    .flatMap((part) => phonesInPart(part, countries))
}

type Group = { digits: string; /** Stands behind a comma or a slash. */ apart: boolean }
type Cover = { score: number; phones: Phone[] }

/** The whole digit groups are put together to phones so that as few digits as possible are left over. */
function phonesInPart(part: string, countries: CountryCode[]): Phone[] {
  const groups: Group[] = [...part.matchAll(/([^\d]*)(\d+)/g)]
    .slice(0, 24)
    .map(([, before, digits]) => ({ digits: digits ?? '', apart: /[,/\\&]/.test(before ?? '') }))
  const plus = part.trimStart().startsWith('+')
  let best: Cover[] = [{ score: 0, phones: [] }]
  for (let end = 1; end <= groups.length; end++) {
    let here = best[end - 1] ?? { score: 0, phones: [] }
    for (let start = Math.max(0, end - 8); start < end; start++) {
      const taken = groups.slice(start, end)
      const digits = taken.map((group) => group.digits).join('')
      const phones = interpretPhone(digits, {
        plus: plus && start === 0,
        first: taken[0]?.digits ?? '',
        countries,
      })
      const before = best[start]
      if (phones.length === 0 || !before) continue
      const across = taken.slice(1).filter((group) => group.apart).length
      const score = before.score + digits.length * 10 - 5 - across * 25
      if (score > here.score) here = { score, phones: [...before.phones, ...phones] }
    }
    best = [...best, here]
  }
  return best.at(-1)?.phones ?? []
}
