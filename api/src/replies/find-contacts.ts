import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import { parse } from 'tldts'
import { compilePattern } from './compile-pattern.ts'
import { numberWord } from './number-words.ts'

const spokenEndings: Record<string, string> = {
  ру: 'ru',
  ком: 'com',
  орг: 'org',
  рф: 'рф',
  сайт: 'site',
  онлайн: 'online',
  шоп: 'shop',
  инфо: 'info',
  апп: 'app',
  эпп: 'app',
  ио: 'io',
  био: 'bio',
  ми: 'me',
  мэ: 'me',
  ме: 'me',
  ко: 'co',
  нэт: 'net',
  нет: 'net',
  про: 'pro',
  хуз: 'xyz',
  клуб: 'club',
  магазин: 'shop',
  дев: 'dev',
  аи: 'ai',
  су: 'su',
  тв: 'tv',
  бай: 'by',
  кз: 'kz',
  юа: 'ua',
  биз: 'biz',
  вип: 'vip',
  топ: 'top',
  спейс: 'space',
  стор: 'store',
  лайф: 'life',
  тек: 'tech',
  групп: 'group',
  лайв: 'live',
  клик: 'click',
  линк: 'link',
}
/** "evil-app com": a name and its ending without the dot. */
const apart =
  /(?<![\p{L}\d])(?:[a-z\d]+-[a-z\d-]+\s(?:com|ru|net|org|io|рф)|[a-z\d]{4,}\s(?:com|ru|рф))(?![\p{L}\d-])/giu
const isEnding = (word: string) => parse(`a.${word}`).isIcann === true

/** Words that an address could be: a public suffix behind a dot, however the dot is written. */
export function findDomains(text: string): string[] {
  const dotted = text
    .replaceAll(/(?<=[\p{L}\d])\s*[\u3002\uff61]\s*(?=[\p{L}\d])/gu, '.')
    .replaceAll(/(?<=[a-z\d]),(?=(?:com|net|org|ru|io|app|shop|site|online)(?![\p{L}\d]))/giu, '.')
    .replaceAll(/[\u3002\u00b7\u2022\u2027\u0701\u0702](?=\p{L}{2})/gu, '.')
    .replaceAll(
      /\s*[[({<,]?\s*(?:(?<![\p{L}\d])(?:dot|d0t|точка|точку|точкой|тчк|дот|пойнт|point(?=\s+(?:com|net|org|io|ru|co|app|shop|site|online|xyz|pro|biz|info|store)(?![\p{L}\d])))(?![\p{L}\d])|(?<=[[({]\s*)\.(?=\s*[\])}]))\s*[\])}>,]?\s*(\p{L}[\p{L}\d-]*)/giu,
      (all, ending: string) => {
        const name = spokenEndings[ending.toLowerCase()] ?? ending.toLowerCase()
        return isEnding(name) ? `.${name}` : all
      },
    )
    .replaceAll(/(?<=[\p{L}\d])\s+\.\s?(?=[\p{L}\d]{2,})/gu, '.')
    .replaceAll(
      /(?<=[\p{L}\d])\.\s+(?=(?:com|net|org|ru|рф|io|xyz|shop|app|site|online)(?![\p{L}\d]))/gu,
      '.',
    )
  const quoted = text.match(/[«"“][^»"”\n]{0,40}\s(?:точка|dot|тчк)\s[^»"”\n]{1,20}[»"”]/giu) ?? []
  const spelled =
    dotted.match(
      /(?:dot|точк[ауи])[\s,]+(?:(?:затем|потом|и|после|then|and|a|finally)[\s,]+){1,3}(?:ru|ру|com|ком|net|org|io|рф|рус|app|shop|site|сайт|онлайн)(?!\p{L})/giu,
    ) ?? []
  const hosts = [
    ...dotted.matchAll(
      /(?<![\p{L}\d_])[\p{L}\d_][\p{L}\d_-]*(?:\.[\p{L}\d_-]+)+(?:[/:?#][^\s)»"]*)?|\.(?:com|net|org|ru|рф|io|app)(?![\p{L}\d])/giu,
    ),
  ]
    .map(([found]) => found.replace(/[.,;:!?]+$/, ''))
    .filter((found) => {
      if (found.startsWith('.')) return true
      const host = found.split(/[/:?#]/)[0] ?? ''
      const isName = /^[a-z][a-z\d_-]+\.[a-z][a-z\d_-]{2,}$/.test(host)
      return isName || found.includes('/') || parse(host, { validateHostname: false }).isIcann === true
    })
  const schemes = dotted.match(
    /[a-z][a-z\d+-]*:\/\/\S*[^\s.,;:!?)»"]|www[.\s]\s*\S+|(?<![\p{L}\d])xn--\S*|(?<![\p{L}\d])localhost|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{1,4}:){3,}[\da-f:]+|0x[\da-f]{6,}|(?:mailto|tel|javascript|data):\S+/giu,
  )
  const zones = dotted.match(
    /(?:сайт\p{L}*|адрес\p{L}*|домен\p{L}*|страниц\p{L}*|site|website|domain|браузер\p{L}*)\s[^.!?\n]{0,40}\s(?:зона\s+)?(?:ру|рф|ком|com|ru|net|орг|org)(?![\p{L}\d])|(?:в\s+)?(?:доменн\p{L}+\s+)?зон[аеы]\s+(?:ру|рф|ком|com|ru|net|орг)(?!\p{L})/giu,
  )
  return [
    ...(text.match(/(?<![\p{L}.])(?:\p{L}\.){4,}\p{L}(?!\p{L})/gu) ?? []),
    ...spelled,
    ...(text.match(apart) ?? []),
    ...quoted,
    ...(schemes ?? []),
    ...hosts,
    ...(zones ?? []),
  ]
}

/** Runs of digits and phones, also as words read out one by one. */
export function findNumbers(text: string): string[] {
  const phones = (['RU', 'US'] as const).flatMap((country) =>
    findPhoneNumbersInText(text, country).map(({ startsAt, endsAt }) => text.slice(startsAt, endsAt)),
  )
  const runs = text.match(
    /(?:\d[\s().\-–—_/*]{0,3}){7,}\d|(?<!\d)\d{3}[-–\s]\d{2}[-–\s]\d{2}(?!\d)|(?<!\d)\d{3}[-–]\d{4}(?!\d)|(?<!\d)\d{6,}|\+\d[\d\s()-]{3,}\d/gu,
  )
  const asWords = text
    .toLowerCase()
    .match(
      compilePattern(
        String.raw`(?<!\p{L})(?:(?:plus|плюс|oh|double)[\s,-]+)*(?:(?:${numberWord}|\d+)(?:[\s,-]+(?:and\s+)?)){4,}(?:${numberWord}|\d+)(?!\p{L})`,
      ),
    )
  const dialled = text
    .toLowerCase()
    .match(
      compilePattern(
        String.raw`(?<!\p{L})(?:звоните|позвоните|наберите|набирайте|dial|ring|call)[^.!?\n\d]{0,30}?(?<!\p{L})${numberWord}[\s,-]+${numberWord}(?!\p{L})`,
      ),
    )
  const called = text.match(
    /(?:звоните|позвоните|наберите|набирайте|звякните|телефон|номер|call|dial|ring|phone|text|number|extension|добавочный)[^.!?\n\d]{0,30}\d[\d\s-]{2,}\d/giu,
  )
  return [...phones, ...(runs ?? []), ...(asWords ?? []), ...(dialled ?? []), ...(called ?? [])]
}
