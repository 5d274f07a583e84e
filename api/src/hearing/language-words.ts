/** Words that tell a language. Data for hear-language.ts; only words that no other language here has, or the most frequent ones. */

const list = (text: string) => text.trim().split(/\s+/u)

export const englishWords = list(`
i i'm i'd i'll i've you you're your yours he she it it's its we we're we'll our they their them me my mine us the a an and or but if then than that this these those there here
is are was were am be been being do does did don't doesn't didn't have has had having haven't hasn't will would won't wouldn't can could can't couldn't should shall may might must
not what when where who why how which whose whom yes yeah yep nope hello hi hey hiya heya howdy thanks thank please sorry welcome good great nice fine sure okay well maybe perhaps
of to in on at for with from by about into over after before until between under up down out off again once only just also very too so as because while during
morning afternoon evening night day today tomorrow yesterday week weekend month year time now later soon already still yet always never sometimes monday tuesday wednesday thursday friday saturday sunday
call calls write text message messages email send talk speak meet meeting book schedule reschedule move cancel demo price pricing cost much many more less most some any all both each every
want need like love know think see look get got give take make go going come coming tell ask work works working help let let's try use using buy sell pay show find keep start stop wait understand mean say said
interested interesting available free busy ready possible convenient suitable works suits important right wrong new old big small long short first second third next last other another same different
one two three four five six seven eight nine ten hour hours minute minutes am pm o'clock half past
company team sales people person manager customer customers client clients lead leads business project product service website request number phone name question questions answer information details offer deal budget contract invoice money
sounds perfect cool awesome agreed deal done confirmed correct exactly absolutely definitely probably actually really unfortunately however anyway
thx thanx ty pls could send would let we could does anyone someone something anything nothing everything everyone bye goodbye cheers regards dear sir madam english speak hear wondering looking forward based living currently located
`)

/** Russian typed in Latin letters. Spellings vary; the ones that people use most. */
export const translitWords = list(`
privet privetik zdravstvujte zdravstvuyte zdrastvuyte zdravstvujte zdravstvuite dobryj dobryi dobriy dobry dobroe dobrogo den dnya vecher utro spasibo spasib pozhaluysta pozhalujsta pojaluista pozhaluista pozhalusta
da net davajte davayte davaite davay davai horosho khorosho ladno konechno ponyatno yasno ok'ej mozhno mozno mojno nelzya nuzhno nuzno nujno nado skolko stoit stoimost cena tsena kogda gde kto chto shto kak kakoj kakoy kakie pochemu zachem kuda
ya ty vy my oni on ona eto etot eta menya mne nas nam vas vam tebya tebe ego ee ih moj moy moya vash vasha nash
zavtra segodnya segodnja vchera poslezavtra utrom vecherom dnem seychas sejchas potom pozzhe pozje ponedelnik vtornik sreda sredu chetverg pyatnica pyatnicu subbota voskresenie chasov chasa minut nedelya nedelyu
hochu khochu hotel hotelos budet budu byl byla est' netu mogu mozhete mozhet znayu ponyal ponyala podskazhite skazhite rasskazhite napishite pishite pozvonite zvonite perezvonite uznat obsudit vstrechu vstrecha vstretitsya sozvon sozvonimsya
ne ni uzhe uje esche eshe escho tolko ochen bolshe menshe interesno interesuet aktualno zayavka zayavku rabotaet rabotaete delaete mnogo nemnogo vse vsyo vsego tak tozhe eshche esli ili dlya pro bez posle
udobno podhodit podoydet podojdet dogovorilis soglasen soglasna kupit oplata tseny ceny cenu tsenu skidka klienty kompaniya rabotat raboty otvet vopros
`)

/** Frequent words of languages that we do not write, by language. */
export const foreignWords: Record<string, string[]> = {
  de: list(
    'ich sie wir und ist nicht ein eine einen der die das mit für auf bitte danke hallo guten tag morgen abend wie viel kostet haben können möchte mir mich uns wann warum noch auch oder aber sind kein keine termin angebot preis ja nein sehr geehrte grüße habe bin zum zur von bei nach heute passt gerne sprechen sprichst deutsch interesse interessiert',
  ),
  es: list(
    'hola buenos buenas días dias tardes noches gracias por favor cuánto cuanto cuesta quiero puedo puede tiene tengo está esta estoy soy es el la los las un una que qué cómo como cuándo cuando dónde donde para con pero muy también tambien mañana manana hoy precio sí señor usted necesito información informacion interesa reunión hablar español espanol gustaría disponible',
  ),
  fr: list(
    "bonjour bonsoir salut merci s'il vous plaît plait je suis nous avez est c'est le la les un une des que qui quoi comment quand où pour avec mais très aussi demain aujourd'hui prix combien coûte coute voudrais peux pouvez oui non j'ai pas dans sur votre notre rendez-vous réunion parlez français francais intéressé disponible toujours",
  ),
  it: list(
    'ciao buongiorno buonasera salve grazie per favore quanto costa vorrei posso può sono è il lo gli una che cosa come quando dove con ma molto anche domani oggi prezzo sì no ho non nel della vostro nostro appuntamento parlate italiano interessato disponibile prego',
  ),
  pt: list(
    'olá ola bom boa dia tarde noite obrigado obrigada por favor quanto custa quero posso pode tenho está estou sou é o os uma que como quando onde para com mas muito também amanhã amanha hoje preço sim não nao você voce preciso informação reunião falar português portugues gostaria disponível',
  ),
  tr: list(
    'merhaba selam iyi günler gunler akşamlar teşekkürler teşekkür tesekkurler lütfen lutfen ne kadar fiyat fiyatı nasıl nasil ben biz siz bir ve bu için icin var yok evet hayır hayir istiyorum istiyoruz yarın yarin bugün bugun zaman toplantı toplanti konuşabilir miyiz mi mı musunuz mısınız türkçe turkce biliyor',
  ),
  pl: list(
    'dzień dzien dobry cześć czesc witam dziękuję dziekuje proszę prosze ile kosztuje jestem chcę chce mogę moge jest nie tak jak kiedy gdzie dla ale bardzo też jutro dzisiaj dziś cena pan pani czy mówi polsku spotkanie oferta się sie że',
  ),
  uz: list(
    "salom assalomu alaykum rahmat iltimos qancha narxi turadi qachon qanday men siz biz kerak bor yo'q ha ertaga bugun uchun bilan mumkin",
  ),
  az: list(
    'salam sağ olun sagolun zəhmət olmasa neçə necə qiymət nə vaxt mən siz biz bəli xeyr sabah bu gün üçün',
  ),
  nl: list(
    'hallo goedemorgen goedemiddag dank bedankt alstublieft hoeveel kost ik wij jullie het een niet wel graag kunnen wanneer morgen vandaag afspraak prijs voor maar ook met spreekt nederlands',
  ),
  id: list(
    'halo selamat pagi siang malam terima kasih tolong berapa harga saya kami anda bisa apa kapan dimana untuk dengan besok hari ini tidak ada mau',
  ),
  vi: list('xin chào cảm ơn bao nhiêu tôi bạn chúng không được khi nào ngày mai giá muốn'),
  ro: list(
    'bună buna ziua mulțumesc multumesc vă rog cât costă sunt vreau pot este când unde pentru mâine astăzi preț nu și',
  ),
  cs: list(
    'dobrý dobry den děkuji dekuji prosím prosim kolik stojí stoji jsem chci mohu kdy kde pro zítra dnes cena ano ne',
  ),
}

/** Words of other languages in Cyrillic letters. */
export const foreignCyrillicWords: Record<string, string[]> = {
  uk: list(
    'добрий доброго дня вітаю привіт дякую будь ласка скільки коштує коли що це як мені вас мене ви ми чи є немає так ні хочу можна потрібно завтра сьогодні ціна зустріч цікавить цікаво дуже також якщо або зателефонуйте напишіть розкажіть',
  ),
  be: list(
    'добры дзень вечар прывітанне вітаю дзякуй калі ласка колькі каштуе што гэта як мне вас вы мы ці ёсць няма так не хачу можна трэба заўтра сёння цана сустрэча цікавіць',
  ),
  bg: list(
    'здравейте благодаря моля колко струва кога какво как аз ние вие искам може ли днес утре цена среща имате интересува',
  ),
  sr: list('здраво хвала молим колико кошта када шта како ја ми ви желим могу данас сутра цена састанак'),
  kk: list(
    'сәлем салем сәлеметсіз рахмет қанша бағасы қашан мен сіз біз керек бар жоқ иә ертең бүгін үшін болады',
  ),
}

/** Short words that stand in both languages, brands and units: they tell nothing. */
export const neutralWords = new Set(
  list(
    'ok ок okay окей o k lol хм hm mm ah oh crm amo amocrm црм kpi b2b b2c api pdf zoom meet google telegram whatsapp excel it ip hr seo smm saas erp 1c 1с invoice nda vpn qr url web online offline email e-mail mail no',
  ),
)
