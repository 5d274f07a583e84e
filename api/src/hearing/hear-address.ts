import { plainWords } from './plain-words.ts'

export type Address = 'formal' | 'informal'

const informal =
  /(?<!\p{L})(?:ты|тебя|тебе|тобой|тво(?:й|я|е|и|его|ей|ему|им|ю)|скинь|пришли|напиши|расскажи|подскажи|скажи|посмотри|глянь|слушай|смотри|извини|прости|привет|здоров|здорово|давай|погоди|подожди|запиши|перенеси|отмени|позвони|набери|объясни|покажи|отправь|можешь|знаешь|умеешь|хочешь|думаешь|работаешь|предлагаешь|поможешь|сможешь|делаешь)(?!\p{L})/gu
const formal =
  /(?<!\p{L})(?:вы|вас|вам|вами|ваш\p{L}{0,3}|здравствуйте|извините|простите|\p{L}{2,}(?:йте|ьте|ите))(?!\p{L})/gu
/** Said to friends and to a firm alike: alone they say nothing. */
const weak = /^(?:привет|здоров|здорово|давай|слушай|прости|извини)$/u

/** How the words of a Russian message address us: with ты or вы; null when they do not tell. */
export function hearAddress(text: string): Address | null {
  const plain = plainWords(text)
  if ((plain.match(formal) ?? []).length > 0) return 'formal'
  const said = plain.match(informal) ?? []
  return said.some((word) => !weak.test(word)) ? 'informal' : null
}
