const ofStreet = 'улиц|переул|проспект|набережн|площад|бульвар|шоссе|проезд|тупик|микрорайон'
const street = String.raw`(?:(?:ул|пер|пр|просп|наб|пл|бул|ш|мкр|мкрн)\.|(?:${ofStreet})\p{L}*|пр-к?т\p{L}*|б-р|мкрн?(?=\s))`
const house = String.raw`(?:,?\s*(?:д(?:ом|\.)?|к(?:орпус|орп|в|вартира)?\.?|стр(?:оение|\.)?|оф(?:ис|\.)?|подъезд|этаж)?\s*№?\s*\d+[а-яa-z]?(?:[\/-]\d+)?)`
/** No hour, length or amount. */
const noHouse = String.raw`(?![\p{L}\d]|:\d|\s?(?:ч(?:ас\p{L}*)?|мин\p{L}*|м|%|руб\p{L}*|р|тыс\p{L}*|человек|чел|лет|утра|вечера|дня)(?!\p{L}))`
const name = String.raw`\p{Lu}[а-яё-]{2,30}`
const days = 'понедельник|вторник|сред|четверг|пятниц|суббот|воскресень'
const weekday = String.raw`(?!(?:${days}))`
const streetsEn =
  '(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Square|Court|Place|Terrace|Strasse|Straße)'
const flatEn = String.raw`(?:,?\s(?:apt|apartment|flat|suite|unit|#)\.?\s*\w+)?`

/** Addresses of places where somebody can be found. A town by itself is none. */
export const addresses = [
  new RegExp(String.raw`(?<!\p{L})${street}\s*[\p{L}\d][\p{L}\d .-]{1,40}?${house}+(?![\p{L}\d])`, 'giu'),
  // "ул Ленина 5": without its point a capital has to follow.
  new RegExp(
    String.raw`(?<!\p{L})(?:[Уу]л|[Пп]ер|[Пп]р|[Пп]росп|[Нн]аб|[Пп]л|[Бб]ул)\s${name}(?:\s${name})?${house}+${noHouse}`,
    'gu',
  ),
  new RegExp(String.raw`(?<!\p{L})\p{Lu}[\p{L}-]{2,30}\s(?:${ofStreet})\p{L}*${house}+(?![\p{L}\d])`, 'gu'),
  // "Москва, Ленина 5", "119021, Москва, Льва Толстого 16", "на Баумана 44"
  new RegExp(
    String.raw`(?<![\p{L}\d])(?:\d{6},\s)?${name},\s${weekday}${name}(?:\s${name}){0,2}${house}+${noHouse}`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<=(?<!\p{L})[Нн]а\s)${weekday}\p{Lu}[а-яё-]*(?:а|я|ой|ей|ого|его|ых)(?:\s${name})?,?${house}+${noHouse}`,
    'gu',
  ),
  // "адрес: Садовая, 12"
  /(?<=(?<!\p{L})(?:адрес|address)\p{L}*\s?(?::|—|–|-|это|is)\s?)[^\n.!?[\]:@]{3,80}?\d+[а-яa-z]?(?:[\s,/-]+(?:(?:кв|оф|д|к|стр|корп|flat|apt|suite)\p{L}*\.?\s?)?\d+)*(?![\p{L}\d:])/giu,
  new RegExp(
    String.raw`(?<![\p{L}\d])(?:flat\s\w+,\s)?\d{1,5}[a-z]?\s(?:[A-Z][\p{L}'’.-]+\s){1,4}${streetsEn}(?!\p{L})\.?${flatEn}`,
    'giu',
  ),
  new RegExp(
    String.raw`(?<![\p{L}\d])\d{1,3}(?:st|nd|rd|th)\s(?:Street|St|Avenue|Ave)(?!\p{L})\.?(?:,?\s\d{1,5}(?![\p{L}\d:]))?${flatEn}`,
    'giu',
  ),
  /(?<!\p{L})p\.?\s?o\.?\sbox\s\d+/giu,
  // A British postcode, a state with its code.
  /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?![\p{L}\d])/gu,
  /(?<=,\s)[A-Z]{2}\s\d{5}(?:-\d{4})?(?!\d)/gu,
]
