const person = String.raw`\p{Lu}\p{Ll}+(?:[-\s]\p{Lu}\p{Ll}+)+`
const people = new RegExp(String.raw`(?<![\p{L}\d])${person}(?![\p{L}\d])`, 'gu')
const clientNamed =
  /(?<!\p{L})(?:[Кк]лиент|[Зз]аказчик|[Пп]окупател|[Кк]онкурент|[Лл]ид)\p{Ll}{0,2}[\s,:—-]+\p{Lu}\p{Ll}{2,}|(?<!\p{L})(?:[Cc]lient|[Cc]ustomer|[Cc]ompetitor|[Bb]uyer)s?,?\s+(?:Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)\p{Lu}\p{Ll}+/gu
/** Words that make a name in the same sentence a client's. */
const asClient =
  /(?<!\p{L})(?:клиент|заказчик|покупател|конкурент|у нас|с нами|номер|телефон|почт|бюджет|купил|платит|заплатил|доволен|довольна|просил|client|customer|competitor|with us|phone|number|email|budget|bought|paid|pays|happy|signed)/iu

/** They begin sentences, not names. */
const opening =
  /^(?:Это|Здесь|Меня|Да|Нет|Но|А|И|У|С|Привет|Здравствуйте|Уважаем\p{Ll}+|Спасибо|Добр\p{Ll}+|Наш\p{Ll}*|Ваш\p{Ll}*|This|Hello|Hi|Dear|Thanks|And|But|With|Our|Your|Is|Are|Does|Do|Will|The|In|For|Yes|No|Ask|I)\s+/u

/** Full names of people in a text who stand there as clients. */
export function findStrangers(text: string): string[] {
  return text.split(/(?<=[.!?;\n])\s+/u).flatMap((sentence) => {
    const named = asClient.test(sentence)
      ? (sentence.match(people) ?? [])
          .map((name) => name.replace(opening, ''))
          .filter((name) => /[-\s]/.test(name))
      : []
    const called = (sentence.match(clientNamed) ?? []).map(
      (found) => /\p{Lu}\p{Ll}+$/u.exec(found)?.[0] ?? found,
    )
    return [...named, ...called]
  })
}
