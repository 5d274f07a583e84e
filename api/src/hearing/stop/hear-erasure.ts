import { anyOf } from '@lead/scheduling'
import { plainWords } from '../plain-words.ts'

const erase =
  'удали(?:те)?|удалить|удаления|удаление|удалению|удалили|удаляйте|сотри(?:те)?|стереть|стирайте|уничтож(?:ь|ьте|ить)|уничтожения|забудьте|вычеркн(?:и|ите)|вычеркнуть|убер(?:и|ите)|убрать|очисти(?:те)?|delete|deleted|deletion|erase|erased|erasure|remove|removed|removal|wipe|wiped|destroy|purge|scrub|forget'
const mine = [
  `(?:все )?(?:мои|моих|моим|свои|своих|наши|наших)(?: (?:все|личные|личных|персональные|персональных|контактные|контактных|анкетные|старые|сохраненные))* (?:данные|данных|сведения|сведений|контакты|контактов|сообщения|сообщений|следы|перс?данные)`,
  '(?:все )?(?:персональные|персональных|личные|личных|перс) (?:данные|данных)',
  '(?:всю |все |вся |всей |любую )?(?:мою|мой|моей|моего|мое|нашу) (?:информацию|информации|инфу|переписку|переписки|анкету|заявку и (?:данные|переписку)|профиль|аккаунт|запись|личность|номер|телефон|контакт|имя|почту)(?= (?:из|с|от|у|в) (?:вашей|вашего|ваших|вашу|своей|базы|базе|системы|системе|crm|срм|вас|всех|списка|списков))',
  '(?:всю |все |вся )?(?:мою|моей) (?:информацию|информации|инфу|переписку|анкету)',
  '(?:мой|моего) (?:профиль|аккаунт|профиля|аккаунта)',
  '(?:все|всю информацию|информацию|данные|любые данные|сведения|инфу|все данные|все сведения)(?:[ ,]+что|[ ,]+которые|[ ,]+которое)?(?: у вас| вы| есть| имеете| знаете| храните| обо| на)* (?:обо мне|про меня|на меня|о нас|меня)',
  'меня (?:из|с) (?:вашей |вашего |ваших |своей |всех )?(?:базы|баз|системы|crm|срм|списка|списков|рассылки|реестра)',
  '(?:all |any |every bit of |each piece of )?(?:of )?(?:my|our) (?:(?:personal|private|contact|own|old|stored|customer|whole|entire|phone) )*(?:data|information|info|details|records?|profile|account|history|contacts|messages|file|footprint|pii)',
  '(?:my|our) (?:(?:phone|mobile|cell) )?(?:number|name|contact|e-?mail)(?= (?:from|off|in) (?:your|all|any|every) (?:\\p{L}+ ){0,2}?(?:databases?|systems?|lists?|crm|records|files))',
  '(?:everything|anything|whatever|all|all (?:the )?(?:data|info|information|records)|(?:the |any )?(?:data|info|information|records))(?: that)?(?: you| have| hold| store| keep| know| got| collected| stored| held| on file)* (?:about|on|of|regarding|concerning) (?:me|us)',
  '(?:me|us) from (?:your|all|every|the) (?:\\p{L}+ )?(?:database|databases|systems?|lists?|crm|records|files)',
  '(?:all )?(?:the )?personal (?:data|information)',
]
const between = String.raw`(?:[ ,:;-]+(?!не(?: |$)|not |never )[\p{L}'-]+){0,3}?[ ,:;-]+`
const request = anyOf([
  `(?:${erase})${between}(?:${mine.join('|')})`,
  '(?:мои|мою|мой|все мои|личные|персональные|my)(?: [\\p{L}-]+){0,2} (?:данные|переписку|информацию|профиль|data|info|information)(?: [\\p{L}-]+){0,3} (?:удалите|удалить|сотрите|стереть|уничтожьте|deleted|erased|removed|wiped)',
  'право на забвение|right to be forgotten|right to erasure|gdpr (?:deletion|erasure|removal)|отзываю (?:[\\p{L}]+ ){0,2}согласие на обработку|отзыв согласия на обработку|(?:withdraw|revoke) (?:my )?consent(?: to| for)? (?:the )?(?:processing|storing|storage)',
])
/** Somebody else's data, a question how we or our product do it, a refusal of it. */
const otherwise = anyOf([
  "(?:не|ни) (?:надо |нужно |стоит |вздумайте )?(?:удаля[\\p{L}]+|удали(?:те)?|стира[\\p{L}]+|удалять)|не прошу|(?:do not|don't|never|please not) (?:delete|erase|remove|wipe)|вы (?:сами )?(?:удаляете|стираете|храните)|удаляются|удаляется|(?:do|did|does|will|would|when|how long do) (?:you|it|they|your [\\p{L}]+) (?:ever |also |automatically )?(?:delete|erase|remove|wipe|store|keep)|are (?:my|our|the) [\\p{L} ]{0,20}(?:deleted|erased|removed)|как (?:удалить|стереть)|how (?:to|do i|can i|do we) (?:delete|erase|remove)|(?:клиентов|сотрудников|менеджеров|покупателей|clients?|customers?|employees|users?)(?:'s?)?",
])

/** Whether somebody wants what we have about them to be deleted: in their own words and in theirs only. */
export function asksErasure(text: string): boolean {
  return plainWords(text)
    .split(/[.!?\n]+/u)
    .some((sentence) => request.test(sentence) && !otherwise.test(sentence))
}
