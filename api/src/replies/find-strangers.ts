const person = String.raw`\p{Lu}\p{Ll}+(?:[-\s]\p{Lu}\p{Ll}+)+`
const people = new RegExp(String.raw`(?<![\p{L}\d])${person}(?![\p{L}\d])`, 'gu')
const clientNamed =
  /(?<!\p{L})(?:[Кк]лиент|[Зз]аказчик|[Пп]окупател|[Кк]онкурент|[Лл]ид)\p{Ll}{0,2}[\s,:—-]+\p{Lu}\p{Ll}{2,}|(?<!\p{L})(?:[Cc]lient|[Cc]ustomer|[Cc]ompetitor|[Bb]uyer)s?,?\s+(?:Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)\p{Lu}\p{Ll}+/gu
/** Words that make a name in the same sentence a client's. */
const asClient =
  /(?<!\p{L})(?:клиент|заказчик|покупател|конкурент|у нас|с нами|номер|телефон|почт|бюджет|купил|платит|заплатил|доволен|довольна|просил|заявк|client|customer|competitor|with us|phone|number|email|budget|bought|paid|pays|happy|signed|request|form)/iu

/** They begin sentences, not names. */
const opening =
  /^(?:Это|Здесь|Меня|Да|Нет|Но|А|И|У|С|Привет|Здравствуйте|Уважаем\p{Ll}+|Спасибо|Добр\p{Ll}+|Наш\p{Ll}*|Ваш\p{Ll}*|This|Hello|Hi|Dear|Thanks|And|But|With|Our|Your|Is|Are|Does|Do|Will|The|In|For|Yes|No|Ask|I)\s+/u

const atFirm = /\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+\s(?:at|from|of|из)\s[«"“]?\p{Lu}[\p{L}&-]+/gu
/** Said of firms that buy from us. */
const asFirm =
  /(?<!\p{L})(?:[Уу]же работа\p{Ll}+ (?:с нами|у нас)|работа\p{Ll}+ (?:с нами|у нас) уже|[Уу] нас (?:уже |тоже )?(?:работа|закрыва|покупа)\p{Ll}+|(?:закрыва|покупа)\p{Ll}+ у нас|уже у нас|(?:тоже |уже )(?:наш\p{Ll}* )?клиент\p{Ll}*|(?:use|uses|chose|trust|trusts|joined) us|works? with us|one of our (?:customers|clients)|our (?:customers|clients) (?:include|are|like)|[Ww]e work with|are (?:already )?with us)(?!\p{L})/u
const firm = /(?<![\p{L}\d])[«"“]?\p{Lu}[\p{L}\d&-]+/gu
const noFirm =
  /^[«"“]?(?:Многие|Клиенты|Компании|Люди|Команды|Агентства|Магазины|Некоторые|Большие|Маленькие|Они|Он|Она|Вы|Мы|Уже|Сейчас|Да|Нет|Компания|Фирма|У|С|И|А|Но|Это|Такие|Другие|Есть|Если|Как|Что|Какие|Telegram|Телеграм\p{Ll}*|WhatsApp|Google|CRM|AmoCRM|Many|Some|Teams|Companies|Clients|Customers|Agencies|Shops|People|Others|Most|They|He|She|We|You|It|This|Those|Our|One|Yes|No|The|And|But|If|All|Both|I)$/u

/** Said of firms we worked for: what stands behind it with a capital is one of them. */
const workedFor =
  /(?<!\p{L})(?:(?:[Дд]елали|[Сс]делали|[Вв]недр(?:яли|или)|[Нн]астро(?:или|или)|[Нн]астраивали|[Пп]омог(?:ли|али)|[Зз]апускали|[Зз]апустили|[Вв]ели|[Оо]бучали|[Пп]остроили|[Рр]аботали)\s+(?:[^.!?\n]{0,40}\s)?(?:для|у|с|в)\s+(?:(?:компани|клиник|сет|фирм|магазин|агентств|бренд|студи|школ|салон|завод)\p{Ll}*\s+)?|(?:[Dd]id|[Bb]uilt|[Mm]ade|[Ss]et\s+(?:it\s+)?up|[Ll]aunched|[Hh]elped|[Ww]orked|[Rr]an|[Ii]nstalled|[Dd]elivered)\s+(?:[^.!?\n]{0,40}\s)?(?:for|with|at)\s+(?:the\s+)?(?:(?:company|clinic|chain|firm|shop|agency|brand|studio|school|salon)\s+)?)[«"“]?(\p{Lu}[\p{L}\d&-]+(?:\s\p{Lu}[\p{L}\d&-]+)*)/gu

/** Full names of people, and names of firms, in a text who stand there as clients. */
export function findStrangers(text: string): string[] {
  return text.split(/(?<=[.!?;\n])(?<!(?<!\p{L})(?:Mr|Mrs|Ms|Dr|St)\.)\s+/u).flatMap((sentence) => {
    const named = asClient.test(sentence)
      ? (sentence.match(people) ?? [])
          .map((name) => name.replace(opening, ''))
          .filter((name) => /[-\s]/.test(name))
      : []
    const called = (sentence.match(clientNamed) ?? []).map(
      (found) => /\p{Lu}\p{Ll}+$/u.exec(found)?.[0] ?? found,
    )
    const firms = asFirm.test(sentence)
      ? (sentence.match(firm) ?? []).filter((name) => !noFirm.test(name))
      : []
    const served = [...sentence.matchAll(workedFor)]
      .map(([, name = '']) => name)
      .filter((name) => !noFirm.test(name))
    return [
      ...served,
      ...named,
      ...called,
      ...(sentence.match(atFirm) ?? []),
      ...firms.map((name) => name.replace(/^[«"“]/u, '')),
    ]
  })
}
