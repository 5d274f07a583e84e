import { offsetAt } from '../zone.ts'

/** Zones people know by a name. Only whole-year truths: the name must not change with the season. */
const NAMES: Record<string, { ru: string; en: string }> = {
  'Europe/Moscow': { ru: 'МСК', en: 'Moscow time' },
  'Europe/Kaliningrad': { ru: 'по Калининграду', en: 'Kaliningrad time' },
  'Europe/Samara': { ru: 'по Самаре', en: 'Samara time' },
  'Asia/Yekaterinburg': { ru: 'по Екатеринбургу', en: 'Yekaterinburg time' },
  'Asia/Omsk': { ru: 'по Омску', en: 'Omsk time' },
  'Asia/Novosibirsk': { ru: 'по Новосибирску', en: 'Novosibirsk time' },
  'Asia/Krasnoyarsk': { ru: 'по Красноярску', en: 'Krasnoyarsk time' },
  'Asia/Irkutsk': { ru: 'по Иркутску', en: 'Irkutsk time' },
  'Asia/Yakutsk': { ru: 'по Якутску', en: 'Yakutsk time' },
  'Asia/Vladivostok': { ru: 'по Владивостоку', en: 'Vladivostok time' },
  'Asia/Kamchatka': { ru: 'по Камчатке', en: 'Kamchatka time' },
  'Europe/Minsk': { ru: 'по Минску', en: 'Minsk time' },
  'Europe/Kyiv': { ru: 'по Киеву', en: 'Kyiv time' },
  'Europe/Kiev': { ru: 'по Киеву', en: 'Kyiv time' },
  'Asia/Almaty': { ru: 'по Алматы', en: 'Almaty time' },
  'Asia/Tashkent': { ru: 'по Ташкенту', en: 'Tashkent time' },
  'Asia/Tbilisi': { ru: 'по Тбилиси', en: 'Tbilisi time' },
  'Asia/Yerevan': { ru: 'по Еревану', en: 'Yerevan time' },
  'Asia/Dubai': { ru: 'по Дубаю', en: 'Dubai time' },
  'Europe/Istanbul': { ru: 'по Стамбулу', en: 'Istanbul time' },
  'Europe/Berlin': { ru: 'по Берлину', en: 'Berlin time' },
  'Europe/London': { ru: 'по Лондону', en: 'London time' },
  'Europe/Lisbon': { ru: 'по Лиссабону', en: 'Lisbon time' },
  'Europe/Madrid': { ru: 'по Мадриду', en: 'Madrid time' },
  'Europe/Paris': { ru: 'по Парижу', en: 'Paris time' },
  'Europe/Rome': { ru: 'по Риму', en: 'Rome time' },
  'Europe/Amsterdam': { ru: 'по Амстердаму', en: 'Amsterdam time' },
  'Europe/Warsaw': { ru: 'по Варшаве', en: 'Warsaw time' },
  'Europe/Prague': { ru: 'по Праге', en: 'Prague time' },
  'Europe/Belgrade': { ru: 'по Белграду', en: 'Belgrade time' },
  'Europe/Athens': { ru: 'по Афинам', en: 'Athens time' },
  'Europe/Riga': { ru: 'по Риге', en: 'Riga time' },
  'Europe/Saratov': { ru: 'по Саратову', en: 'Saratov time' },
  'Asia/Barnaul': { ru: 'по Барнаулу', en: 'Barnaul time' },
  'Asia/Tomsk': { ru: 'по Томску', en: 'Tomsk time' },
  'Asia/Sakhalin': { ru: 'по Сахалину', en: 'Sakhalin time' },
  'Asia/Magadan': { ru: 'по Магадану', en: 'Magadan time' },
  'Asia/Baku': { ru: 'по Баку', en: 'Baku time' },
  'Asia/Bishkek': { ru: 'по Бишкеку', en: 'Bishkek time' },
  'Asia/Nicosia': { ru: 'по Кипру', en: 'Cyprus time' },
  'Asia/Jerusalem': { ru: 'по Израилю', en: 'Israel time' },
  'Asia/Bangkok': { ru: 'по Бангкоку', en: 'Bangkok time' },
  'Asia/Makassar': { ru: 'по Бали', en: 'Bali time' },
  'Asia/Shanghai': { ru: 'по Пекину', en: 'Beijing time' },
  'Asia/Singapore': { ru: 'по Сингапуру', en: 'Singapore time' },
  'Asia/Tokyo': { ru: 'по Токио', en: 'Tokyo time' },
  'Asia/Kolkata': { ru: 'по Индии', en: 'India time' },
  'America/New_York': { ru: 'по Нью-Йорку', en: 'New York time' },
  'America/Los_Angeles': { ru: 'по Лос-Анджелесу', en: 'Pacific time' },
}

/** What people call the zone at that instant (RFC 3339): a known name, else the UTC offset. */
export function zoneLabel(instant: string, timeZone: string, lang: 'ru' | 'en'): string {
  const name = NAMES[timeZone]
  if (name) return name[lang]
  const minutes = Math.round(offsetAt(timeZone, Date.parse(instant)) / 60_000)
  if (minutes === 0) return 'UTC'
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}
