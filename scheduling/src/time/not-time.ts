import { rule, type Rule } from './model.ts'

const explained: Rule['read'] = () => ({ is: 'word', text: '' })

/** Digits that are no times in any language: addresses of the web, phone numbers, amounts of money, shares, versions. */
export const notTimeRules: Rule[] = [
  rule('(?:https?://|www\\.)\\S+', explained),
  rule('(?<![\\p{L}\\d._-])[\\p{L}\\d._-]+@[\\p{L}\\d-]+\\.[\\p{L}.]+', explained),
  rule('\\+\\d(?:[ ()-]{0,2}\\d){9,13}', explained),
  rule('[78][ -]?\\(?\\d{3}\\)?(?:[ -]?\\d){7}', explained),
  rule('\\(?[2-9]\\d\\d\\)?[-. ]\\d{3}[-. ]\\d{4}', explained),
  rule('[$€£₽] ?\\d[\\d.,]*(?: \\d{3})*[kкm]?', explained),
  rule(
    '\\d[\\d.,]*(?: \\d{3})* ?(?:[$€£₽%]|(?<! )[kк]|(?:тыс|млн|руб|usd|eur|gbp|dollars?|euros?|pounds?|bucks|rubles?|процент|доллар|евро|рубл)\\p{L}*\\.?|р\\.|percent|тр|т\\.р\\.?)',
    explained,
  ),
  rule('(?:v|ver|version|версия|версии) ?\\.?\\d+(?:\\.\\d+)*', explained),
  rule('(?:№|#|n°) ?\\d+(?:[-/.]\\d+)*', explained),
  rule(
    '(?:дом|д\\.|кв\\.?|квартира|офис|оф\\.|кабинет|каб\\.?|этаж|корпус|корп\\.|строение|стр\\.|подъезд|room|suite|apt\\.?|office|floor|building|номер|договор|счет|заявка|заказ|order|invoice|ticket|number|pin|код|code|инн|ip) (?:№|#|n |no\\.? )?\\d+(?:[-/.]\\d+)*',
    explained,
  ),
]
