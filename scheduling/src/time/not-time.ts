import { rule, type Rule } from './model.ts'

/** Stands for money or a share. */
export const AMOUNT = '¤'

const amount: Rule['read'] = () => ({ is: 'word', text: AMOUNT })
const explained: Rule['read'] = () => ({ is: 'word', text: '' })

/** Digits that are no times in any language: addresses of the web, phone numbers, amounts of money, shares, versions. */
export const notTimeRules: Rule[] = [
  rule('(?:https?://|www\\.)\\S+', explained),
  rule('(?<![\\p{L}\\d._-])[\\p{L}\\d._-]+@[\\p{L}\\d-]+\\.[\\p{L}.]+', explained),
  rule('\\+\\d(?:[ ()-]{0,2}\\d){9,13}', explained),
  rule('[78][ -]?\\(?\\d{3}\\)?(?:[ -]?\\d){7}', explained),
  rule('\\(?[2-9]\\d\\d\\)?[-. ]\\d{3}[-. ]\\d{4}', explained),
  rule('\\d{1,3}(?: \\d{3})* \\d00(?![\\d:.])', amount),
  rule('[$€£₽] ?\\d[\\d.,]*(?: \\d{3})*[kкm]?', amount),
  rule(
    '\\d[\\d.,]*(?: \\d{3})* ?(?:[$€£₽%]|(?<! )[kк]|(?:тыс|млн|руб|usd|eur|gbp|dollars?|euros?|pounds?|bucks|rubles?|процент|доллар|евро|рубл)\\p{L}*\\.?|р\\.|percent|тр|т\\.р\\.?)',
    amount,
  ),
  rule('(?:v|ver|version|версия|версии) ?\\.?\\d+(?:\\.\\d+)*', explained),
  rule('(?:№|#|n°) ?\\d+(?:[-/.]\\d+)*', explained),
  rule(
    // A paper with its number and date: "договор 45 от 12.11".
    '(?:договор\\p{L}*|счет\\p{L}*|заявк\\p{L}|заказ\\p{L}?|накладн\\p{L}+|акт\\p{L}?|order|invoice|contract|ticket) (?:№|#|n |no\\.? )?\\d+(?:[-/.]\\d+)* (?:(?:was |is )?(?:placed|dated|made|paid|from|of)(?: on)?|от) (?:\\d{1,2}[./]\\d{1,2}(?:[./]\\d{2,4})?|\\d{1,2} \\p{L}{3,}|\\p{L}{3,9} \\d{1,2}(?:st|nd|rd|th)?)',
    explained,
  ),
  rule(
    '(?:дом|д\\.|кв\\.?|квартира|офис|оф\\.|кабинет|каб\\.?|этаж|корпус|корп\\.|строение|стр\\.|подъезд|room|suite|apt\\.?|office|floor|building|номер|договор|счет|заявка|заказ|order|invoice|ticket|number|pin|код|code|инн|ip) (?:№|#|n |no\\.? )?\\d+(?:[-/.]\\d+)*',
    explained,
  ),
]
