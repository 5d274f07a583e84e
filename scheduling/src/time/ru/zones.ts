import { rule, type Rule } from '../model.ts'
import { zoneLetterRules } from '../zone-letters.ts'

const CITIES: [string, string][] = [
  ['москв\\p{L}+|московск\\p{L}+|мск|столиц\\p{L}', 'Europe/Moscow'],
  ['питер\\p{L}*|спб|санкт-петербург\\p{L}*|петербург\\p{L}*', 'Europe/Moscow'],
  ['калининград\\p{L}*', 'Europe/Kaliningrad'],
  ['самар\\p{L}+|ижевск\\p{L}*|тольятти|удмурт\\p{L}+', 'Europe/Samara'],
  ['саратов\\p{L}*', 'Europe/Saratov'],
  ['волгоград\\p{L}*', 'Europe/Volgograd'],
  ['астрахан\\p{L}+', 'Europe/Astrakhan'],
  ['ульяновск\\p{L}*', 'Europe/Ulyanovsk'],
  [
    'казан\\p{L}+|ростов\\p{L}*|краснодар\\p{L}*|сочи|сочинск\\p{L}+|нижн\\p{L}+ новгород\\p{L}*|воронеж\\p{L}*|тул[аеы]|твер\\p{L}+|ярославл\\p{L}+|крым\\p{L}*',
    'Europe/Moscow',
  ],
  [
    'екатеринбург\\p{L}*|екб|екат\\p{L}*|челябинск\\p{L}*|перм\\p{L}+|тюмен\\p{L}+|уф[еаы]|уфимск\\p{L}+',
    'Asia/Yekaterinburg',
  ],
  ['омск\\p{L}*', 'Asia/Omsk'],
  ['томск\\p{L}*', 'Asia/Tomsk'],
  ['барнаул\\p{L}*|алтайск\\p{L}+', 'Asia/Barnaul'],
  ['кемеров\\p{L}+|новокузнецк\\p{L}*|кузбасс\\p{L}*', 'Asia/Novokuznetsk'],
  ['чит[аеы]|читинск\\p{L}+', 'Asia/Chita'],
  ['сахалин\\p{L}*', 'Asia/Sakhalin'],
  ['улан-удэ', 'Asia/Irkutsk'],
  ['новосибирск\\p{L}*|нск|новосиб\\p{L}*', 'Asia/Novosibirsk'],
  ['красноярск\\p{L}*', 'Asia/Krasnoyarsk'],
  ['благовещенск\\p{L}*', 'Asia/Yakutsk'],
  ['иркутск\\p{L}*', 'Asia/Irkutsk'],
  ['якутск\\p{L}*', 'Asia/Yakutsk'],
  ['владивосток\\p{L}*|владик\\p{L}?|хабаровск\\p{L}*', 'Asia/Vladivostok'],
  ['магадан\\p{L}*', 'Asia/Magadan'],
  ['камчат\\p{L}+', 'Asia/Kamchatka'],
  ['киев\\p{L}*', 'Europe/Kyiv'],
  ['минск\\p{L}*', 'Europe/Minsk'],
  ['алмат\\p{L}+|астан\\p{L}+|казахстан\\p{L}*', 'Asia/Almaty'],
  ['ташкент\\p{L}*', 'Asia/Tashkent'],
  ['тбилис\\p{L}+', 'Asia/Tbilisi'],
  ['ереван\\p{L}*', 'Asia/Yerevan'],
  ['баку|бакинск\\p{L}+', 'Asia/Baku'],
  ['бишкек\\p{L}*', 'Asia/Bishkek'],
  ['дуба[юейя]|дубайск\\p{L}+', 'Asia/Dubai'],
  ['стамбул\\p{L}*|турци\\p{L}+', 'Europe/Istanbul'],
  ['берлин\\p{L}*|германи\\p{L}+', 'Europe/Berlin'],
  ['лондон\\p{L}*', 'Europe/London'],
  ['варшав\\p{L}+', 'Europe/Warsaw'],
  ['праг\\p{L}+|пражск\\p{L}+', 'Europe/Prague'],
  ['белград\\p{L}*', 'Europe/Belgrade'],
  ['кипр\\p{L}*', 'Asia/Nicosia'],
  ['израил\\p{L}+|тель-авив\\p{L}*', 'Asia/Jerusalem'],
  ['нью-йорк\\p{L}*', 'America/New_York'],
  ['тихоокеанск\\p{L}+|лос-анджелес\\p{L}*', 'America/Los_Angeles'],
  ['пекин\\p{L}*', 'Asia/Shanghai'],
  ['бал[ии]|балийск\\p{L}+', 'Asia/Makassar'],
  ['бангкок\\p{L}*|таиланд\\p{L}*', 'Asia/Bangkok'],
  ['гринвич\\p{L}*', 'UTC'],
  ['лиссабон\\p{L}*|португал\\p{L}+', 'Europe/Lisbon'],
  ['мадрид\\p{L}*|барселон\\p{L}+|испани\\p{L}+', 'Europe/Madrid'],
  ['рим[ау]?|римск\\p{L}+|милан\\p{L}*|итали\\p{L}+', 'Europe/Rome'],
  ['вен[аеы]|венск\\p{L}+|австри\\p{L}+', 'Europe/Vienna'],
  ['афин\\p{L}*|греци\\p{L}+', 'Europe/Athens'],
  ['хельсинки|финлянди\\p{L}+', 'Europe/Helsinki'],
  ['риг[аеи]|рижск\\p{L}+', 'Europe/Riga'],
  ['вильнюс\\p{L}*', 'Europe/Vilnius'],
  ['таллин\\p{L}*', 'Europe/Tallinn'],
  ['подгориц\\p{L}*|черногори\\p{L}+', 'Europe/Podgorica'],
  ['париж\\p{L}*|франци\\p{L}+|амстердам\\p{L}*|центральноевропейск\\p{L}+|европейск\\p{L}+', 'Europe/Paris'],
  ['восточн\\p{L}+ побережь\\p{L}+|майами|бостон\\p{L}*|торонто', 'America/New_York'],
  ['сан-франциско|калифорни\\p{L}+|сиэтл\\p{L}*|западн\\p{L}+ побережь\\p{L}+', 'America/Los_Angeles'],
  ['чикаго', 'America/Chicago'],
  ['делии?|мумбаи|инди\\p{L}+|индийск\\p{L}+', 'Asia/Kolkata'],
  ['сингапур\\p{L}*', 'Asia/Singapore'],
  ['гонконг\\p{L}*', 'Asia/Hong_Kong'],
  ['токио|япони\\p{L}+', 'Asia/Tokyo'],
  ['сеул\\p{L}*', 'Asia/Seoul'],
  ['сидне\\p{L}+', 'Australia/Sydney'],
]

/** "по Москве", "МСК+2", "по вашему времени". */
export const zoneRules: Rule[] = [
  rule('(?:по[ -])?ваше(?:му|й)(?: времени)?|по времени вашего офиса', (m) =>
    /по|времени/u.test(m[0]!) ? { is: 'zone', zone: { whose: 'yours' } } : null,
  ),
  rule('(?:по[ -])?(?:моему|нашему|местному|своему)(?: времени)?', (m) =>
    /^по.*времени|^по нашему|^по местному|времени/u.test(m[0]!)
      ? { is: 'zone', zone: { whose: 'mine' } }
      : null,
  ),
  ...zoneLetterRules,
  ...CITIES.map(([city, tz]) =>
    rule(
      `(?:я|мы|сам|сама|сами|живу|нахожусь|сижу)(?: сейчас| сам| сама| живу| нахожусь)? (?:в|во|на|из) (?:г\\. ?)?(?:${city})`,
      () => ({
        is: 'zone',
        zone: { tz, home: true },
      }),
    ),
  ),
  ...CITIES.map(([city, tz]) =>
    rule(`(?:по[ -])?(?:времени )?(?:г\\. ?)?(?:${city})(?: времени| время)?`, (m, before) => {
      if (/^по|врем|^мск$|^екб$|^нск$/u.test(m[0]!)) return { is: 'zone', zone: { tz } }
      // "В 18 Алматы": by whose clock?
      const last = before.at(-1)
      return last?.is === 'clock' || last?.is === 'number' ? { is: 'doubt' } : null
    }),
  ),
  // A place that is not known here.
  rule(
    'по (?!(?:мо[ей]|наш|ваш|сво|местн|тво|телефон|зум|скайп|в[оа]т[сц]ап|телег|видео|гугл|тимс|почт|ссылк|вопрос|повод|проект|договор|адрес|номер|тем[еу]|цен|услуг|заявк|заказ|интеграц|crm|срм|связи|делу|итог|результат|возможност|необходим|готовност|факту|плану|график|умолчанию|идее|одном|пути|будн|рабоч|выходн|час|времени|утр|вечер|понедел|вторн|сред|четверг|пятниц|субб|воскр|дн)\\p{L}*)\\p{L}{3,}[уюеи](?= ?(?:$|[.,!?;)]))',
    (_, before) => (before.at(-1)?.is === 'clock' || before.at(-1)?.is === 'number' ? { is: 'doubt' } : null),
  ),
  rule('по [\\p{L}-]+ времени|по времени (?:г\\. ?)?[\\p{L}-]+', () => ({ is: 'doubt' })),
]
