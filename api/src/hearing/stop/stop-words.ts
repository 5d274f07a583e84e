/**
 * What the parts of a request to stop look like, in the notation of `anyOf`, over plain words (lower case, е for ё; soft and hard signs
 * are dropped, so that "болше", "pisat" and "перестанте" are read as well). Data; the rules are in hear-stop.ts.
 */

const writeRu =
  '(?:стучи(?:тес|с|те)?|стучатся|пиши(?:те)?|пишити|пишыте|пешите|писат|писть|беспокой(?:те)?|беспокоит|побеспокой(?:те)?|тревож(?:те)?|тревожит|присылай(?:те)?|присылат|прислат|шли(?:те)?|слат|отправляй(?:те)?|отправлят|спам(?:те)?|спамит|спами(?:те)?|донимай(?:те)?|донимат|доставай(?:те)?|достават|надоедай(?:те)?|надоедат|связывай(?:тес|ся)|связыватся|обращай(?:тес|ся)|контактируй(?:те)?|трогай(?:те)?|дергай(?:те)?)'
const callRu = '(?:звони(?:те)?|звонит|названивай(?:те)?|набирай(?:те)?)'
const addRu =
  '(?:мне|нам|меня|нас|мною?|нами|со|болше|болш|боле|никогда|вообще|совсем|впред|ничего|нече|ниче|ни|вы|вам|уже|сюда|надо|нужно|стоит|смей(?:те)?|прошу|бы|и|не|пожалуйста|никаких|никакие|сообщени[яй]|писем|писма|рекламу|спам)'
const sendingRu =
  '(?:писат|слат|присылат|отправлят|спамит|беспокоит|тревожит|достават|донимат|надоедат|названиват|долбит|строчит|рассылат|рассылку|рассылки|спам|сообщения|рекламу|переписку|писанину)'
const mineRu =
  '(?:меня|нас|мой|мои|моего|наш|наши|номер|телефон|контакт|контакты|данные|персоналные|личные|имя|из|с|от|вашей|вашего|ваших|этой|этого|своей|своего|всех|все|базы|базу|списка|списков|рассылки|рассылок|рассылку|рассыл|контактов|обзвона|crm|црм|системы|телефонной|книги|клиентской|и|навсегда|везде|отовсюду|целиком|полностю|немедленно|срочно)'

/** Not to write: a request to stop for good only with an object or a word of time beside it (`forGood`). */
export const doNotWrite: string[] = [
  `(?:${addRu} )*(?:писат|слат|присылат|отправлят|беспокоит|тревожит)(?: ${addRu})* не (?:надо|нужно|стоит|следует|смейте)(?: ${addRu})*`,
  `(?:${addRu} )*не (?:${addRu} )*${writeRu}(?: (?:(?:и )?не ${callRu}|${addRu}))*`,
  `(?:${addRu} )*не ${callRu} (?:${addRu} )*(?:и )?не (?:${addRu} )*${writeRu}(?: ${addRu})*`,
  "(?:please )?(?:do not|don't|dont|do n't|never|no need to|must not|not to|no)(?: (?:ever|you|please|again))* (?:text|message|messaging|write|contact|email|e-mail|dm|msg|ping|bother|disturb|spam|harass|reach out|send)(?: (?:to|me|us|this number|my number|again|anymore|any more|any longer|ever|anything|messages?|texts?|emails?|e-mails?|stuff|spam|more|please|further|at all|or call|or text|or message|or write|or email|and call|offers|promotions|promos|ads|in the future))*",
  "(?:please )?(?:do not|don't|dont|never)(?: ever)? call(?: me| us)? or (?:text|message|write|contact|email)(?: (?:to|me|us|again|anymore|any more|ever))*",
]

/** Nobody who says this wants another message, as long as nothing in the clause narrows it. */
export const clearRequests: string[] = [
  `(?:перестан(?:те)?|прекрати(?:те)?|прекращай(?:те)?|хватит|харе|харэ|хорош|доволно|достаточно|завязывай(?:те)?|кончай(?:те)?|заканчивай(?:те)?|прошу прекратит|требую прекратит|прошу перестат)(?: (?:мне|нам|меня|нас|уже|вы|со мной|с нами|эту|это|свою|этот|свой|всю|всякую|любую))* ${sendingRu}(?: и (?:не )?${sendingRu})?(?: (?:мне|нам|меня|нас|сюда|уже|мой|свою?|сообщени[яй]|рекламу|спам|рассылку|писма))*`,
  `(?:прошу |требую |прошу вас |хочу )?(?:удали(?:те|т)?|убери(?:те)?|убрат|исключи(?:те|т)?|вычеркни(?:те)?|вычеркнут|сотри(?:те)?|стерет|выпиши(?:те)?|снимите)(?: ${mineRu})* (?:меня|нас|номер|телефон|контакт|контакты|данные)(?: ${mineRu})*`,
  `(?:прошу |требую |прошу вас |хочу |хотел бы |хотела бы |желаю )?(?:отпиши(?:те)?|отпешите|отписат|отписатся|отписыватся|отключите|отключит)(?: ${mineRu})*(?: (?:от|из) (?:вас|вашей|вашего|ваших|этой|всех|любых|рассылки|рассылок|сообщений|уведомлений|канала|спама)(?: (?:ваших|рассылки|рассылок|сообщений|спама|уведомлений|канала))*)?`,
  '(?:номер|телефон|контакт|контакты|данные)(?: (?:мой|мои|наш|наши|этот))? (?:удали(?:те)?|убери(?:те)?|сотри(?:те)?|вычеркни(?:те)?|исключи(?:те)?|забуд(?:те)?)(?: (?:пожалуйста|отовсюду|сейчас же|немедленно|из (?:базы|всех баз|списка|списков|рассылки)))*',
  'отпиши(?:тес|с) от (?:меня|нас)',
  'отписываюс(?: от (?:вас|вашей|всего|рассылки)(?: рассылки)?)?',
  `(?:отстан(?:те)?|отвали(?:те)?|отвяжи(?:тес|с)|отцепи(?:тес|с)|отъебис|отъебитес|отебис|отебитес|отвян(?:те)?|отлезте)(?: (?:от|меня|нас|уже|вы|все|наконец|со?|вашими|ваших|своими|своей|вашей|предложениями|рекламой|спамом|сообщениями))*`,
  'остав(?:те)? (?:меня|нас)(?: уже| вы)? в покое',
  '(?:забуд(?:те)?|потеряй(?:те)?) (?:мой|этот|наш) (?:номер|контакт|телефон)|забуд(?:те)? (?:про|обо?) (?:меня|мне|нас)',
  '(?:я )?(?:отказываюс|отказываемся) (?:от|получат)(?: (?:вашей|ваших|вашего|этой|любых|всех|дальнейших|дальнейшего|далнейших|далнейшего|от))* (?:рассылки|рассылок|сообщений|сообщения|общения|переписки|писем|контактов|рекламы)(?: от вас)?',
  '(?:я |мы )?(?:болше |вообще )?не (?:хочу|желаю|хотим|желаем|намерен|намерена)(?: (?:болше|от вас|ваши|ваших|ваш|ваше|вашу|никаких|никакие|ничего|с вами|эти|этих))*(?: (?:получат|общатся|переписыватся|разговариват|видет|читат|контактироват))(?: (?:болше|от вас|ваши|ваших|ваш|вашу|ваше|никаких|никакие|ничего|с вами|сообщени[яй]|писма|писем|рассылку|рассылки|рекламу|рекламы|спам|предложения|предложений|эти|этих|и))*',
  '(?:я )?отзываю (?:свое )?согласие(?: (?:на|обработку|обработки|персоналных|данных|моих|своих|рассылку|получение|сообщений|рекламы|и|любых))*',
  '(?:болше )?(?:никаких|без)(?: болше)? (?:сообщений|писем|рассылок|рекламы)',
  '(?:please )?(?:stop|quit|cease|stop with)(?: (?:please|fucking|bloody|all|the|your|these))* (?:texting|messaging|writing|contacting|spamming|bothering|emailing|harassing|pestering|dming|msging|messages|texts|contact|sending|disturbing|stalking|bugging|annoying)(?: (?:to|me|us|my|phone|number|this|again|all|your|these|the|messages?|texts?|emails?|spam|stuff|anything|now|immediately|already|at once|forever|right now|for good|with|offers|crap|shit))*',
  '(?:please )?refrain from (?:texting|messaging|writing|contacting|bothering)(?: (?:to|me|us|again|further|anymore|any more|in the future))*',
  '(?:please )?(?:unsubscribe|remove|delete|erase|drop|opt|scrub)(?: (?:me|us|my|number|phone|contact|contacts|details|data|info|information|personal|name|out))+(?: (?:from|off|out of|of|your|this|the|any|all|every|mailing|contact|marketing|email|messages?|texts?|lists?|database|databases|crm|system|systems|records|and|immediately|now|asap|forever))*',
  '(?:please )?take (?:me|us|my number|my name|my contact)(?: (?:off|out of|from|your|this|the|any|all|mailing|contact|marketing|lists?|database|crm))+',
  'unsubscribe from (?:you|(?:your|this|these|the|all|any)(?: (?:mailing|marketing|list|lists|messages?|texts?|chat|newsletter|emails?|of))*)',
  "i(?: would|'d)? (?:want|like|wish) to (?:unsubscribe|opt out|be removed|be unsubscribed|be taken off)(?: (?:from|off|of|your|this|the|any|all|mailing|contact|lists?|messages?|database|texts|emails))*",
  "i'm (?:unsubscribing|opting out)|i am (?:unsubscribing|opting out)|opting out",
  '(?:please )?(?:leave (?:me|us) (?:alone|be|in peace)|lose (?:my|this) number|forget (?:my|this) number|fuck off|piss off|bugger off|sod off|buzz off|get lost|go away)(?: (?:now|already|and|you|creep|spammer|mate))*',
  '(?:please )?no (?:more|further) (?:messages?|texts?|emails?|contact|spam|communication)(?: (?:from you|to me|at all|ever))*',
  "(?:i )?(?:do not|don't|dont|no longer) (?:want|wish|need|like)(?: (?:to|any|more|you|further|your|be|being|these|get|getting|hear|hearing|from|receive|receiving|contacted|messaged|texted|bothered|contacting|messaging|texting|to contact|to message|to text|to write|to write to|me|us|again|anymore|any more|ever|messages?|texts?|emails?|spam|communication|communications|by|at all))* (?:hear from you|contacted|messaged|texted|bothered|messages?|texts?|emails?|communications?|contacting me|messaging me|texting me|contact me|message me|text me|write to me|write me)(?: (?:again|anymore|any more|ever|from you|by you|further|at all|or anyone|please))*",
  '(?:i )?(?:withdraw|revoke|retract) (?:my|any|all)(?: prior)? consent(?: (?:to|for|be|being|contacted|contact|messages|marketing|communications|processing|data|of|my|personal))*',
  '(?:cease (?:all|any) (?:contact|communication)s?|cease and desist)(?: (?:with|to|me|immediately))*',
]

/** Whole messages that say it, after politeness is taken away. */
export const wholeStops: string[] = [
  '/?stop',
  '/?стоп',
  '/?unsubscribe',
  '(?:stop|стоп) (?:stop|стоп)(?: (?:stop|стоп))*',
  'stopall',
  'stop (?:all|all messages|messages|sms|this chat|chat|now)',
  'optout',
  'opt[ -]out',
  'unsub',
  'unsubscribe (?:me|all|now)',
  'отписка',
  'отписатся',
  'отписат(?: меня)?',
  'отписываюс',
  'отпишите(?: меня)?',
  'отпиши(?: меня)?',
  'стоп рассылка',
  'стоп сообщения',
  'no more',
]

/** Doubtful: perhaps all writing is meant, perhaps what was said last. The classifier decides, and the person is asked. */
export const doubtful: string[] = [
  '(?:немедленно |пожалуйста |сейчас же )?(?:прекратите|прекрати|прекращайте|перестаньте|перестан|заканчивайте|кончайте|завязывайте)(?: (?:это|все это|уже|с этим|немедленно|сейчас же|сразу|вы|наконец|делат|писат|присылат|слат|мне))+',
  "(?:i'm|i am|we're|we are) (?:so |really |totally )?(?:done|finished|fed up|sick|tired|over)(?: and tired)?(?: (?:with|of))?(?: (?:all|these|those|this|your|the|it|constant|endless))* (?:texts?|messages?|spam|messaging|texting|chats?|emails?|it|this|you)",
  '(?:stop|quit|cease|end|cut)(?: (?:it|this|that|with))* (?:immediately|at once|right now|now|already|out)|enough (?:of|with) (?:this|these|your|the|it)(?: \\p{L}+)?',
  '(?:ну )?(?:все )?(?:хватит|хорош|харе|харэ|доволно|достаточно)(?: (?:уже|с меня|вам|ну|все))*',
  'еще (?:одно|хот одно|одна|раз)(?: \\p{L}+)?(?: и| то)?(?: я)? (?:жалоба|бан|чс|блок|пожалуюс|заблокирую|подам в суд|в (?:чс|бан|блок|суд))(?: (?:на вас|вас|в|роскомнадзор|фас|суд|полицию|прокуратуру|телеграм))*',
  "(?:one more|another|any more|1 more) (?:texts?|messages?|msg|word|time|of these)(?: and| or| from you and)?(?: i'm| im| i am| i'll| i will| you're| youre)*(?: (?:going to|gonna|getting|be))* (?:report|block|su(?:e|ing)|blocked|reported|blocking|reporting)(?:ing|ed)?(?: (?:you|this|number|it|as|spam))*",
  'не пиш[ие](?:те)?(?: мне)?',
  'не беспокой(?:те)?',
  '(?:болше )?не надо(?: болше)(?: ничего)?|болше не надо|закроем тему|закрыли тему|тема закрыта',
  '(?:в|кидаю в|отправляю в) (?:чс|черный список|бан|игнор)|спамер\\p{L}*(?: \\p{L}+)?',
  '(?:все )?надоело?|надоели|достал[иоа]?|задолбал[иоа]?|да пошли|пошли|заколебали|заебали|бесите',
  'спам|это спам|вы спам(?:ер|еры)?|спамеры?',
  '(?:я )?(?:вас )?(?:блокирую|заблокирую|в бан|в чс|в черный список)',
  '(?:жалоба|пожалуюс|жалуюс|отправлю жалобу|кину жалобу)(?: на (?:вас|спам))?',
  '(?:да )?(?:иди(?:те)?|пошли|пошел|пошла|катис|катитес|вали(?:те)?|шли бы)(?: (?:вы|ты|все|уже|отсюда|бы|вон|к|в|на|от|меня|нас|со|своими|вашими))* (?:лесом|нахуй|нах|нахер|нафиг|хуй|хер|фиг|жопу|баню|черту|чертям|дяволу|буквы|отсюда|вон|мимо|меня|известный)(?: (?:вы|все|уже))*',
  'на ?хуй(?: (?:иди(?:те)?|пошли))?|нахер|отсюда вон|сгин(?:те)?|исчезни(?:те)?|заткни(?:тес|с)|свали(?:те)?|скройтес',
  'от вас отписатся',
  'не (?:надо )?(?:мне )?(?:звони(?:те)?|звонит)(?: мне)? болше|болше не (?:надо )?(?:звони(?:те)?|звонит)(?: мне)?',
  "that's enough|that is enough|(?:ugh )?enough(?: already| is enough| now| please| of (?:this|it|you|that))?",
  'stop (?:it|that|this|doing (?:it|that|this))|quit (?:it|that)|knock it off|cut it out|give it a rest|quit|end',
  "(?:this|it) is spam|it's spam|spam|spammers?|you're spamming|stop spam|(?:this is )?harassment",
  "(?:i'm|i am|i will|i'll|gonna|going to)(?: going to| gonna)? (?:block|blocking|report|reporting)(?: (?:you|this|number|as|spam|and|for))*|blocked|reported|reporting you",
  'go to hell|screw you|fuck you|shut up|up yours|do one',
  "don't call(?: me)?(?: again| anymore| ever)?|do not call(?: me)?(?: again| anymore| ever)?",
  'unsubscribe|отписатся|opt out',
  "(?:i'm|i am|we're|we are) done(?: (?:here|with (?:this|you)))?",
]

/** Words that change nothing about a request: politeness, address, reasons. Taken away before anything is looked at. */
export const politeness =
  '(?:пожалуйста|пожалуста|пжлст|пжл|плиз|плз|спасибо(?: болшое)?|спс|благодарю|please|pls|plz|thanks?|thank you|thx|kindly|здравствуйте|добрый (?:ден|вечер)|привет|hello|hi|hey|sorry|извините|простите|убедителная просба|убедително прошу|болшая просба|просба|сорри|господа|ребят[аы]?|товарищи|девушка|уважаемые|guys|folks|sir|madam|dude|buddy)'

/** What may stand beside a clear request without narrowing it. */
export const beside =
  "(?:я|же|ж|вас|вам|вы|ты|тебя|и|а|ну|да|так|просто|все|уже|еще|раз|прошу|просил|просила|просили|говорил|говорила|сказал|сказала|последний|по-хорошему|по|хорошему|наконец|немедленно|срочно|требую|в|вобщем|короче|или|то|это|очен|лучше|нет|навсегда|вот|таки|можете|можно|могли|бы|ли|сделайте|одолжение|милост|давайте|мы|сразу|тут|здес|i|we|you|to|asked|told|said|and|just|now|already|again|once|for|the|last|time|so|well|ok|okay|no|yes|could|can|would|will|want|need|have|really|seriously|ever|immediately|must|or|not|that|repeat|already|begging|beg|am|demand|politely|kindly|ask|asking|if|could|mind|let|me|be|clear|im|i'd|like|от|меня|нас|со|свой|своими|вашими|с|ваш|предложениями|сообщениями|рекламой|сообщений|нахуй|нах|блин|бля|блят|fucking|damn|bloody|hell)"

/** A reason or a farewell: a clause of its own that leaves the request what it is. */
export const reasons: string[] = [
  '(?:мне |нам |уже |это |болше |вообще |совсем )*(?:не ?интересн[оыа]|не интересует|неактуално|не актуално|не нужно|не надо|не требуется|не нужен|не нужна|не нужны|ничего не нужно)(?: (?:мне|нам|уже|ваши услуги|болше|ничего|это|спасибо))*',
  '(?:я )?(?:не оставлял|не оставляла|ничего не оставлял|ничего не оставляла)(?: (?:заявку|заявок|никаких|номер))*',
  '(?:вы )?(?:ошиблис|не туда попали|ошиблис номером|не тот человек)',
  '(?:я )?(?:вас )?не знаю(?: вас| кто вы)?',
  "(?:i'm |i am |we're |we are |really |just )*(?:not|no longer) interested(?: (?:anymore|any more|in this|at all|in your (?:services|offer)))*",
  "(?:i'll |i will |i'm |i am |or )*(?:report|block|reporting|blocking|sue|suing)(?: (?:you|this|number|it|as|spam|and|to|the|police|telegram))*",
  '(?:я )?(?:вас )?(?:заблокирую|блокирую|пожалуюс|буду жаловатся|подам в суд|напишу жалобу|в чс|в бан|жалоба)(?: (?:на|вас|в|роскомнадзор|суд|полицию|фас|прокуратуру))*',
  "wrong (?:number|person)|(?:i )?(?:don't|do not) know you|no thanks|no thank you|have a (?:nice|good) day|bye|goodbye|good bye",
  'нет|no|nope|все|до свидания|всего доброго|всего хорошего|прощайте|удачи|не интересно|неинтересно|хватит|достали|надоели|надоело|спам|это спам|ненавижу спам|enough|стоп|stop|unsubscribe|отписка',
]

/** Another way to reach the person: about the channel, not about being written to. */
export const channel: string[] = [
  'по телефону|на телефон|телефоном|на номер|на этот номер|на работу|на рабочий|на личный|на почту|на мыло|по почте|почтой',
  '(?:в|на|по|через) (?:вотсап\\p{L}*|ватсап\\p{L}*|вацап\\p{L}*|вотс|ватс|вайбер\\p{L}*|вибер\\p{L}*|whatsapp|wa|viber|смс\\p{L}*|sms|имейл\\p{L}*|емейл\\p{L}*|мейл\\p{L}*|e-?mail|инст\\p{L}*|instagram|директ\\p{L}*|личк\\p{L}*|лс|вк|фейсбук\\p{L}*|скайп\\p{L}*|тг|телег\\p{L}*|telegram|комментари\\p{L}*|чат\\p{L}*|общ\\p{L}+ чат\\p{L}*|группу|группе|мессенджер\\p{L}*)',
  'голосов\\p{L}+|аудио|войс\\p{L}*|смсками|видеосообщени\\p{L}+',
  '(?:by|via|on|over|through|in) (?:the )?(?:phone|telephone|whatsapp|wa|viber|sms|text|e-?mail|mail|instagram|ig|dm|dms|facebook|messenger|linkedin|skype|telegram|group|group chat|voice|work phone|cell|cell phone|my work|this number|this account)',
  'voice (?:messages?|notes?)|audio|at work|on my work|on weekdays by phone|cold calls?',
]

/** A time after which, or a moment at which: the person wants to be written to, then. */
export const later: string[] = [
  'до|после|пока|сейчас|сегодня|завтра|послезавтра|раньше|ранше|позже|потом|попозже|чаще|часто|рано|поздно|ноч\\p{L}*|вечер\\p{L}*|утр\\p{L}*|днем|выходн\\p{L}*|будн\\p{L}*|отпуск\\p{L}*|праздник\\p{L}*|недел\\p{L}*|месяц\\p{L}*|год\\p{L}*|час|часа|часов|минут\\p{L}*|понедельник\\p{L}*|понеделник\\p{L}*|вторник\\p{L}*|сред[уаые]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресен\\p{L}*|январ\\p{L}*|феврал\\p{L}*|март\\p{L}*|апрел\\p{L}*|ма[йея]|июн\\p{L}*|июл\\p{L}*|август\\p{L}*|сентябр\\p{L}*|октябр\\p{L}*|ноябр\\p{L}*|декабр\\p{L}*|весн\\p{L}*|лет[оа]м?|осен\\p{L}*|зим\\p{L}*|каждый ден|по \\d+|\\d+(?::\\d+)?',
  'until|till|til|before|after|today|tonight|tomorrow|later|(?:for|right|just) now|at the moment|yet|so (?:often|early|late|much)|night|nights|evenings?|mornings?|weekends?|weeks?|months?|years?|holidays?|vacation|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|spring|summer|autumn|winter|hours?|minutes?|while|every day|daily|too (?:often|much|late|early)',
]

/** The person goes on talking: an invitation to write or call, or a question of a buyer. */
export const goesOn: string[] = [
  '(?<!не )(?<!хватит )(?<!хватит мне )(?<!болше )(?<!мне )(?:пиши(?:те)?|напиши(?:те)?|звони(?:те)?|позвони(?:те)?|перезвони(?:те)?|набери(?:те)?|свяжи(?:тес|с)|присылай(?:те)?|пришли(?:те)?|скин(?:те)?|скидывай(?:те)?|отправ(?:те)?|подскажи(?:те)?|расскажи(?:те)?|скажи(?:те)?|обсудим|созвонимся|созвонит\\p{L}*|встретимся|запиши(?:те)?|перенес\\p{L}+|подожди(?:те)?|погоди(?:те)?|секунд\\p{L}*|минут\\p{L}*)',
  'сколко|стоит|стоимост|цен[ауые]|почем|какие|какая|какой|интересно(?! не)|хочу (?:узнат|купит|заказат|обсудит|понят|встретится)|готов\\p{L}*|договорилис|давайте (?:в|на|завтра|созвон\\p{L}*|обсуд\\p{L}*|встре\\p{L}*|лучше|через|тут|здес|позже)|сам(?:а|и)? (?:напишу|напишем|свяжус|свяжемся|позвоню|обращус|наберу|отпишус)|(?:напишу|свяжус|позвоню|обращус|отпишус|вернус)(?: я)?(?: сам\\p{L}*)?|вернемся|лучше (?:в|на|по|сюда|тут|здес|звон\\p{L}*|пис\\p{L}*|почт\\p{L}*)|удобн(?:о|ее)',
  "(?<!not )(?<!n't )(?<!never )(?<!stop )(?<!to )(?<!or )(?<!and )(?:write|text|message|email|call|ring|reach|contact|send|ping|dm|use|wait|hold on|talk to|speak to|just (?:call|text|email|write))(?: (?:me|us|to me|here|back|instead|only|it|my|him|her|on|at|via|by|in))+|wait|hold on|one (?:sec|second|minute|moment)|how much|price|pricing|cost|interested in|interesting|let's|i'll (?:write|call|text|get|be|reach|contact|message|come)|i will (?:write|call|text|get|be|reach|contact|message|come)|use (?:this|that|the|our) (?:chat|thread|channel|messenger|app|number)|instead|rather|prefer|tell me|schedule|book|reschedule",
]

/** Said before the request it is its reason; said after it, it takes the request back. */
export const mindChanged: string[] = [
  "(?:(?:я|мы|нет|хотя|знаете|уже|извините|простите|все) )*передумал\\p{L}*(?: (?:я|мы|уже))*|(?:(?:i|we|actually|sorry|no) )*(?:have |i've |we've )?changed (?:my|our) minds?",
]

/** The request depends on something, or is somebody else's. */
export const conditions: string[] = [
  'если|кроме|ес?ли|иначе|без (?:повода|дела|предупреждения|причины|необходимости)|просто так|только не|толко не|раз в|if|unless|except|without|only|otherwise',
]

/** Others are spoken of: customers, bots, colleagues. */
export const others: string[] = [
  '(?:наш\\p{L}* |ваш\\p{L}* )?(?:клиент\\p{L}*|подписчик\\p{L}*|пользовател\\p{L}*|покупател\\p{L}*|заказчик\\p{L}*|лид(?:ы|ов|ам|ами|а|у)?|люд(?:и|ям|ей|ми)|абонент\\p{L}*|гост(?:и|ям|ей)|пациент\\p{L}*|ученик\\p{L}*|бот(?:ы|а|у|ом|ов)?|робот\\p{L}*|менеджер\\p{L}*|оператор\\p{L}*|продавц\\p{L}*|сотрудник\\p{L}*|систем(?:а|у|е|ой)|срм|интеграци\\p{L}*|автоответчик\\p{L}*|они|он|она|им|ему|ей|их|его|кто-то|некоторые|конкурент\\p{L}*)',
  '(?:our |your |the |my |some |many |a |to )*(?:customers?|clients?|leads?|users?|subscribers?|people|prospects?|buyers?|bots?|chatbot|agents?|managers?|salespe(?:ople|rson)|reps?|team|employees?|staff|system|crm|autoresponder|competitors?|they|them|he|she|him|her|someone|anyone|everyone)',
]

/** The speaker does it, or asks how it is done: no request to us. */
export const notARequest: string[] = [
  'как|почему|зачем|отчего|что делат|можно ли|есть ли|умеет ли|умеете|получится ли|поможете|нам нужно чтобы|хотим чтобы|чтобы|где|куда|когда|сможете|what|how|why|where|when|which|who|whether|does|did|do you|is it|are you|is there|are there',
  "(?:we|i|to|can't|cannot|won't|doesn't|didn't|don't|never|not) (?:want to|need to|have to|would like to|like to|able to|try to|going to|plan to) (?:stop|quit|remove|delete)",
  "(?:won't|can't|cannot|doesn't|didn't|don't|do not|never|couldn't|wouldn't) (?:ever )?(?:stop|quit|cease|unsubscribe|remove|delete)",
  'не (?:надо|нужно|стоит|хочу|прошу|хотим|просил|просила|собираюс|думаю|планирую)(?: (?:меня|нас|я|мы|вас|чтобы вы))* (?:отписыват\\p{L}*|отписат\\p{L}*|удалят|удалит|убират|прекращат|останавлив\\p{L}*|замолкат|не писат|не пишите|чтобы вы не писали)',
  'не (?:отписывай(?:те)?|удаляй(?:те)?|убирай(?:те)?|прекращай(?:те)?|переставай(?:те)?|останавливай(?:те|тес|ся)?|исключай(?:те)?|отключай(?:те)?)',
]
