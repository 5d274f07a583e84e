import { anyOf } from '../words.ts'

/** Days in languages that are not read here: an hour beside one of them is of a day that nobody understood, and must be asked for. */
const days = anyOf(
  String.raw`lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|ma[ñn]ana|hoy
  |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|aujourd['’]hui
  |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|morgen|[üu]bermorgen|heute
  |luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica|domani|oggi
  |segunda|ter[çc]a|quarta|quinta|sexta|amanh[ãa]|hoje
  |poniedzia[łl]ek|wtorek|[śs]rod[aęe]|czwartek|pi[ąa]tek|sobot[aęe]|niedziel[aęe]|jutro|pojutrze|dzi[śs]
  |понеділ\p{L}+|вівтор\p{L}+|серед[ауи]|четвер|п['’ʼ]ятниц\p{L}+|субот[ауи]|неділ\p{L}+|післязавтра|сьогодні
  |дүйсенбі\p{L}*|сейсенбі\p{L}*|сәрсенбі\p{L}*|бейсенбі\p{L}*|жұма\p{L}*|сенбі\p{L}*|жексенбі\p{L}*|ертең|бүгін
  |pazartesi|sal[ıi]|[çc]ar[şs]amba|per[şs]embe|cuma|cumartesi|pazar|yar[ıi]n|bug[üu]n
  |dushanba|seshanba|chorshanba|payshanba|juma|shanba|yakshanba|ertaga|bugun`
    .replaceAll(/\s+/gu, '')
    .split('|'),
)

export const namesForeignDay = (text: string): boolean => text.search(days) >= 0
