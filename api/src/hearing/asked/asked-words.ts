/** Words of the questions that hear-asked.ts hears, as alternatives of regular expressions over plainWords. */

/** Said around a question without changing it. */
export const filler =
  "а|и|ну|так|же|ли|вот|все|все-таки|простите|прости|извините|извини|пардон|подскажите|подскажи|скажите|скажи|признайтесь|признайся|ответьте|только|честно|четно|если|не|секрет|пожалуйста|плиз|плз|интересно|вообще|вообще-то|случайно|мне|нам|кажется|похоже|видимо|наверно|наверное|просто|точно|реально|правда|сейчас|тут|здесь|там|вопрос|погодите|погоди|подождите|стоп|стойте|слушайте|слушай|здравствуйте|привет|добрый|день|вечер|блин|серьезно|случаем|всего|лишь|хотя|бы|давно|хотел|хотела|хотелось|узнать|уточнить|понять|можно|hey|hi|hello|so|wait|hold|on|sorry|excuse|just|really|actually|honestly|honest|seriously|curious|quick|question|out|of|curiosity|by|the|way|btw|please|pls|tell|me|be|i|wonder|wondering|gotta|have|to|ask|must|may|can|if|don't|mind|my|asking|ok|okay|well|and|but|hmm|lol|still|like|here|now|one|thing|before|we|go|first"

/** May end a question: "вы бот что ли". */
export const tail =
  "что ли|что-ли|чтоли|are you|aren't you|isn't it|is it|are u|правда|или как|или что|или нет|да|нет|ведь|по ту сторону|на том конце|за клавиатурой|or what|or not|or something|right|no|there|here|at all|by any chance|on the other (?:end|side)|behind (?:this|it)|then|btw|lol|haha|mate"

const plainMachine =
  '(?:чат[ -]?|телеграм[ -]?)?бот(?:а|ом|ик|яра)?|робот(?:а|ом)?|машин(?:а|ой)|нейросет(?:ь|ью|ка)|нейронк(?:а|ой)|ии|ии[ -]?(?:бот|ассистент|помощник)(?:ом)?|искусственн(?:ый|ым) интеллект(?:ом)?|чат ?гпт|гпт|chat ?gpt|gpt|автоответчик(?:ом)?|автомат(?:ом)?|алгоритм(?:ом)?|скрипт(?:ом)?|виртуальн(?:ый|ая|ым) (?:ассистент|помощник|менеджер)(?:ом|ка)?|(?:chat ?|chat-)?bots?|robots?|machines?|ai|a\\.?i\\.?|artificial intelligence|algorithm|scripts?|automated(?: (?:system|message|messages|reply|response|bot|assistant|chat))?|automation|auto[ -]?(?:reply|responder|bot)|virtual assistant|ai (?:bot|assistant|agent|model|thing)|llm'
/** Named alone they may be something that is sold. */
const wares = 'программ(?:а|ой|ка|у)|computer|(?:computer )?program|software'
export const machine = `${plainMachine}|${wares}`

const livingRu = 'жив(?:ой|ая|ым|ые|ого)|настоящ(?:ий|ая|им|ие)|реальн(?:ый|ая|ым|ые)'
export const human = `(?:(?:обычн(?:ый|ым)|${livingRu}) )*(?:человек(?:ом)?|люди|людьми)|(?:${livingRu})(?: (?:менеджер|оператор|сотрудни(?:к|ца)|девушка|парень|консультант|собеседник)(?:ом|ами|цей)?)?|(?:(?:real|actual|living|live|genuine|human|physical|normal) )*(?:human(?: being)?s?|persons?|people|someone|somebody)|(?:real|actual|live|living) (?:manager|agent|operator|rep|guy|woman|man|girl|one)|human|someone (?:real|living)`

const my = 'мой|моя|мои|мое|наш|наши|мой личный|мой рабочий|мой этот'
const address =
  'номер(?:ок|а)?|номер телефона|телефон(?:а|ный номер)?|контакт(?:ы|ные данные)?|данные|координаты|ник|аккаунт|телеграм|телега|почт(?:а|у)|имейл|имя|инфа|информация'
const myAddress = `(?:(?:${my}) )?(?:${address})|меня|про меня|обо мне|(?:мо|наш)\\p{L}{1,2} (?:${address})`
const got =
  'взяли|взял|взяла|достали|достал|нашли|нашел|нашла|узнали|узнал|узнала|получили|получил|раздобыли|добыли|откопали|выудили|знаете|знаешь|вышли на|вычислили|имеете|есть|появил(?:ся|ись)|оказал(?:ся|ись)'
const ours = 'у вас|у тебя|вы|ты|вам|тебе|к вам|у вашей компании|ваша компания'

/** Begins of a clause; what follows says no more than details. */
export const source = [
  `(?:откуда|от куда|отколь|от кого)(?: (?:${ours}|это|${got}|мне|вообще|известен|известны|взял(?:ся|ись)))* (?:${myAddress})`,
  `(?:где|как|каким образом|каким макаром|через кого|кого)(?: (?:вы|ты|это|вообще|вам|удалось))* (?:${got})(?: (?:вы|ты))? (?:${myAddress})`,
  `(?:где|как|каким образом)(?: (?:вы|ты|это|вообще))* (?:${myAddress}) (?:${got})`,
  '(?:как|каким образом)(?: (?:вы|это|вообще))* (?:на меня|на нас)(?: вы)? вышли',
  `кто(?: (?:вам|тебе|это|вообще|же))* (?:${myAddress}) (?:дал|слил|передал|продал|скинул|сообщил)`,
  'where(?: the hell| on earth)? (?:did|does|do|has) (?:my|our) (?:phone |telegram )?(?:number|contact|details|data|info) come from',
  'from (?:whom|who) (?:did|do|have) (?:you|u) (?:get|got|have) my (?:phone )?(?:number|contact|details|data|name)',
  `(?:как|каким образом) (?:${myAddress}) (?:у вас|у тебя|к вам)(?: (?:оказал(?:ся|ись)|появил(?:ся|ись)|попал(?:и)?|есть))?`,
  `кто(?: (?:вам|тебе|это|вообще|же))* (?:дал|слил|передал|продал|подсказал|скинул|сообщил|посоветовал|подкинул|оставил)(?: (?:вам|тебе))* (?:${myAddress})`,
  `(?:(?:${my}) )?(?:${address}) (?:у вас )?(?:откуда|от кого)(?: (?:взяли|у вас|взял|взяла))*`,
  `(?:откуда|от куда) (?:вы|ты) (?:меня|нас|обо мне|про меня)(?: (?:знаете|знаешь|нашли|взяли|узнали))?`,
  `(?:откуда|от куда) (?:взяли|у вас)(?: (?:${my}|этот))? (?:${address})`,
  "(?:how|where)(?:'d| did| do| have| on earth did| the hell did)? (?:you|u|ya|your company|you guys)(?: (?:even|actually|guys|people))* (?:get|got|gotten|find|found|obtain|have|know|come by|come across|receive|source|dig up|acquire)(?: (?:hold of|out about|about))? (?:my|our|this)? ?(?:(?:phone|cell|mobile|telegram|contact|personal|private|work) ?)*(?:number|phone|contacts?|details|info|information|data|email|e-mail|name|handle|username|telegram|me|us)(?! (?:one|of (?:leads|clients|customers)|more|a|an|some|started|set up))",
  "who(?:'s| has| is)? (?:gave|given|give|giving|passed|sold|shared|leaked|handed|forwarded|sent|told)(?: (?:you|u|out|on))* (?:my|our|this|about me|about us)(?: (?:phone|cell|mobile|telegram|contact|personal|private|work))* ?(?:number|phone|contacts?|details|info|information|data|email|name|handle)?",
  '(?:from )?where (?:is|was|does|do) (?:my|our) (?:phone )?(?:number|contact|details|data|info) (?:come )?from',
  'how come (?:you|u) (?:have|got|know) my (?:phone )?(?:number|contact|details|name)',
  'where (?:are|r|did) you (?:getting|get|got) my (?:number|contact|details|info)',
]

/** Spoken of in a sentence, it is about somebody else, or about what we sell: no question about us. */
export const others =
  'котор\\p{L}+|клиент\\p{L}*|покупател\\p{L}*|заказчик\\p{L}*|пациент\\p{L}*|лид(?:ы|ов|ам|ами)|заяв(?:ки|ок|кам)|сайт\\p{L}*|наш(?:им|их|ему|его|ей|и)?|ваш\\p{L}*|свой|сво(?:его|ему|им|их)|нам|внедр\\p{L}+|настро\\p{L}+|сдела\\p{L}+|подключ\\p{L}+|стоит|умеет|умеете|может|сможет|будет|будут|сможете|нужен|нужна|нужно|хотим|customers?|clients?|leads?|patients?|users|our|your|website|shop|sales|business|build|set ?up|integrate|install|costs?|can|could|will|would|need|want'

const machineLoose = `${plainMachine}|желез(?:яка|якой|ка|кой)|бездушн\\p{L}+|автоответчик\\p{L}*|скрипт\\p{L}*|robotic|tin can`
const talk =
  'говор(?:ю|ил|ила|ит|им)|разговарива(?:ю|ет|ем)|общаюсь|общается|общался|бесед\\p{L}+|переписыв\\p{L}+|пишет|писал\\p{L}*|шл[её]т|отвеча(?:ет|л|ла)|набира(?:л|ет)|записал\\p{L}*|talk(?:ing|ed)?|speak(?:ing)?|spoke|chat(?:ting|ted)?|writ(?:e|es|ing|ten)|wrote|typ(?:e|es|ed|ing)|text(?:ing|ed)|answer(?:ing|ed|s)|repl(?:y|ies|ying|ied)|booked|made? an appointment|dealing with|messag(?:ing|ed)'

/** All of these in one sentence, and nothing of `others`: whether a machine takes part in this very talk. */
export const machineTalks = [machineLoose, talk]

const contact =
  'номер\\p{L}{0,2}|телефон\\p{L}{0,2}|контакт\\p{L}{0,2}|данн(?:ые|ых)|ник|аккаунт|почт[ау]|имя|телег\\p{L}+|number|phone|contacts?|details|info|data|email|name|handle|username|telegram|profile'
const mine = 'мой|моя|мои|мое|моих|моего|моим|личный|my|private|our'
const hadFrom =
  "откуда|от кого|через кого|у кого|где(?: вы| ты)? (?:взяли|взял|достали|достал|раздобыли|нашли|нашел)|(?:мой|мои|контакт\\p{L}*|номер|телефон)(?: \\p{L}+)? где|(?:вам|вами|с вами)(?: \\p{L}+)? кто|кто(?: \\p{L}+){0,2} (?:вам|вами|с вами|тебе)|where|how come|how was|who(?:'s|s)?|whom|what list|which list|did (?:somebody|someone|anyone)"
const gotIt =
  'взял\\p{L}*|взялись?|достал\\p{L}*|раздобы\\p{L}+|нашл\\p{L}+|нашел|узнал\\p{L}*|получил\\p{L}*|дал|дали|слил\\p{L}*|переда(?:л|ли)|поделил\\p{L}*|продал\\p{L}*|у вас|get|got|find|found|have|gave|given|passed|sold|sell|shared?|leaked|came|come|from'
/** The same for where we have the person from. */
export const hasMine = [
  `(?:${mine})(?: \\p{L}+){0,3} (?:${contact})|(?:${contact})(?: \\p{L}+){0,2} (?:${mine})`,
  hadFrom,
  gotIt,
]
/** They look for something of theirs themselves. */
export const ownSearch =
  '(?:where|how|when) (?:do|can|could|should|would|will|to) (?:i|we)|how to|i (?:send|give|put|enter)|(?:should|shall|can|could) i|someone else has|в офисе|который|которая|мне (?:взять|найти|знать|узнать|получить|посмотреть)|(?:where|what) is my (?:order|invoice)|(?:заказ|договор|счет|invoice|order|contract|track)\\p{L}*'
