const words = (text: string) => new Set(text.split(' '))

/** Nobody's name, whatever stands beside them. */
export const testWords = words(
  'test tests testing tester testov testname тест тесты тестов тестовый тестовая тестовое тестер проверка asdf qwerty dummy fake demo sample example ' +
    'lorem ipsum фыва йцукен null undefined nan none unknown anonymous anonym noname неизвестный неизвестная неизвестно неизвестен ' +
    'аноним анонимный анонимно анонимная безымянный скрыт скрыто спам spam удалить удален удалена удалено дубль дубликат duplicate deleted removed',
)

/** A company, a shop or a place is named: people in the same part of the field are no person to greet. */
export const companyWords = words(
  'ип ооо оао зао пао ао нко ано тоо тов фоп чп чуп чтуп одо ику гуп муп гбу мбу мку фгуп фгбу снт тсж тсн жск нп спк кфх пк гк тк тд тц бц жк мкд ' +
    'llc ltd limited inc corp corporation company co plc gmbh ag sa srl sarl spa bv nv oy ab as aps kft sro doo ooo oao zao pty pvt llp lp ' +
    'group groups holding holdings agency studio studios shop store market marketing consulting solutions systems services service technologies ' +
    'technology tech software digital media design capital partners ventures bank clinic dental hotel hostel cafe restaurant bar grill school academy ' +
    'university college club fitness gym salon spa travel tours tour logistics trade trading construction realty estate properties auto motors foundation ' +
    'industries enterprises labs brothers sons associates logistic garden park plaza city mall print center centre house home station beach street avenue valley ' +
    'компания фирма организация корпорация предприятие завод фабрика комбинат холдинг группа групп груп агентство студия магазин маркет ' +
    'салон клиника стоматология больница поликлиника аптека кафе ресторан бар отель гостиница хостел санаторий пансионат школа лицей гимназия академия университет институт ' +
    'колледж детсад сад клуб фитнес спа центр дом тур турс трэвел тревел турагентство банк кредит финанс инвест капитал строй стройка ремонт мебель окна двери авто ' +
    'автосервис шиномонтаж сервис логистика трейд торг агро фонд ассоциация союз партнеры управление министерство администрация плаза парк сити молл медиа принт софт пласт снаб опт люкс премиум плюс' +
    ' фабрики ателье пекарня кондитерская типография бюро кооператив товарищество улица ул проспект пр-т переулок площадь набережная отдел ' +
    'san santa saint st new great',
)

/** Said of a card or a person, beside a name or in its place. */
export const labelWords = words(
  'заявка заявки заказ заказы сделка лид лиды запрос обращение сообщение звонок звонки входящий входящая исходящий исходящая пропущенный пропущенная новый новая новое клиент клиентка клиенты ' +
    'покупатель заказчик контакт контакты имя фио фамилия отчество абонент посетитель гость пользователь юзер подписчик собеседник сайт сайта с из форма формы обратный обратная обратной связь связи ' +
    'консультация чат чата бот квиз лендинг реклама рекламы директ яндекс гугл авито avito циан whatsapp telegram tg viber instagram insta facebook fb vk вк вконтакте тг ватсап вотсап ' +
    'телеграм телеграмм инстаграм инста телефон тел моб номер почта email e-mail mail phone mobile call calls incoming missed outgoing новогодняя ' +
    'lead leads deal deals order orders request client clients customer customers contact contacts guest user visitor subscriber buyer name fullname firstname first last full from site website web form ' +
    'landing quiz chat new chatbot bot no без имени нет уточнить уточняется перезвонить позвонить срочно важно vip вип горячий горячая холодный повторный повторная повтор постоянный старый ' +
    'директор гендиректор бухгалтер главбух секретарь администратор админ менеджер руководитель начальник зам заместитель инженер юрист прораб снабженец закупщик логист маркетолог собственник владелец ' +
    'учредитель представитель партнер сотрудник консультант дизайнер архитектор риелтор риэлтор врач тренер учитель преподаватель мастер водитель курьер повар ' +
    'director manager admin administrator accountant secretary owner founder cofounder ceo cto cfo coo cmo vp head sales marketing engineer lawyer hr assistant partner agent realtor ' +
    'муж жена мама папа мать отец сын дочь дочка брат сестра друг подруга знакомый знакомая сосед соседка бабушка дедушка mom dad wife husband son daughter ' +
    'скидка акция цена прайс купить продать аренда покупка продажа вопрос ответ jivo jivosite tilda тильда marquiz марквиз bitrix битрикс callibri roistat calltouch mango wix taplink таплинк envybox leadgen tiktok visitor google ads utm cpc organic direct yandex почтой добрый доброе день вечер утро здравствуйте спасибо hi hey thanks неразобранное входящее мск спб москва питер екб',
)

/** What stands before a name. */
export const titleWords = words(
  'mr mrs ms miss mx dr prof professor sir madam mme mlle herr frau senor senora sr sra signor signora don rev fr hon capt col gen lt sgt dipl ing ' +
    'г-н г-жа гн гжа господин госпожа д-р др доктор проф профессор инж тов товарищ гр гражданин гражданка уважаемый уважаемая дорогой дорогая мистер миссис мисс dear hello привет',
)
/** A surname follows these, in English and its neighbours. */
export const surnameTitles = words(
  'mr mrs ms miss mx dr prof professor sir madam mme mlle herr frau senor senora signor signora mister мистер миссис мисс',
)

export const afterNames = words('jr sr ii iii iv phd md mba esq cpa dds rn бва мва кмн дмн ктн кэн')

/** Parts of surnames. */
export const particles = words(
  'van von der den de del della di da dos du des la le el al ibn bin bint ben ter ten zu af av st оглы оглу кызы гызы угли углы кизи улы улы кызи ван фон дер де ди да дю ля ла ле ибн бин бен эль аль дель тер заде',
)

/** Surnames that are given names elsewhere: beside another given name they are the surname. */
export const shortSurnames = words(
  'ким пак цой ли хан тен тян нам шин хван lee kim park choi chen wang li zhang liu nguyen tran pham khan singh patel',
)

/** Somebody else is named after these. */
export const otherPerson =
  /(?<![\p{L}\p{N}])(?:от|для|через|по\s+(?:рекомендации|совету)|рекомендаци[яи]|рекомендовал[аи]?|from|via|by|for|c\/o|referred|recommended)(?![\p{L}\p{N}])/iu

const cyrillicSurname =
  /(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|ский|ская|цкий|цкая|ской|цкой|ской|енко|[аоу]?йко|[ую]к|[чщ]ук|ич|[ое]вич|евич|янц?|ьянц?|швили|дзе|[дл]ия|ава|уа|[иы]х|ец|ой|ый|ая|штейн|берг|ман|сон|бай|бек|баев|заде|оглы|улы)$/u
const latinSurname =
  /(?:[oe]v|[oe]va|[oe]ff|ski|ska|sky|skyi?|skiy|skaya|skaia|tsk(?:y|aya)|enko|chuk|yuk|uk|[ie]?yan|ian|iants|shvili|dze|son|sen|sson|s[ck]i|wicz|vich|vi[cć]|berg|stein|man|mann|o[gğ]lu|zade|ez|escu|opoulos|akis|idis|inen|ova|ina|in)$/u
const irishOrScots = /^(?:o['’]|ma?c)\p{Lu}?\p{L}{2,}/iu

export const looksLikeSurname = (word: string): boolean =>
  cyrillicSurname.test(word.toLowerCase()) || latinSurname.test(word.toLowerCase()) || irishOrScots.test(word)

const cyrillicPatronymic =
  /(?:ович|евич|ьич|ыч|(?:ов|ев|ичн|иничн)на|овна|евна|ична|инична|[уү]лы|ұлы|қызы|кызы|угли|ўғли|қизи|овіч|йович|івна|ївна)$/u
const latinPatronymic = /(?:ovich|evich|evitch|ovitch|yich|ovna|evna|ichna|inichna)$/u

/** Петрович, Ильинична, Ivanovna. Some of them are surnames too; where they stand decides. */
export const isPatronymic = (word: string): boolean =>
  word.length > 4 && (cyrillicPatronymic.test(word.toLowerCase()) || latinPatronymic.test(word.toLowerCase()))
