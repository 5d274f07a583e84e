import { z } from 'zod'

const turnSchema = z.looseObject({
  reply: z.string(),
  knowledge: z.string().catch(''),
  newMessages: z.array(z.looseObject({ text: z.string() })).catch([]),
})

/** What a reviewer sees at once; prices are compared with what is known. */
const signs: [rule: 'promise' | 'data' | 'tone', pattern: RegExp][] = [
  ['tone', /(?<!\p{L})(?:идиот|тупо|дурак|глупый вопрос|stupid|idiot|dumb)\p{L}*/iu],
  ['data', /(?:другой|соседний) клиент\p{L}*[^.!?]*|(?:another|other) (?:customer|client) of ours[^.!?]*/iu],
  [
    'promise',
    /(?<!\p{L})(?:гарантир|клянусь|обеща\p{L}+ вам)\p{L}*[^.!?]*|(?<!\p{L})(?:we|i) (?:guarantee|promise|swear)[^.!?]*/iu,
  ],
]
const price = /\d[\d\s]*\s?(?:₽|руб\p{L}*|\$|€|dollars?|euros?)/giu

/** The verdict on one reply. @param text the JSON between <turn> and </turn> */
export function review(text: string): Record<string, unknown> | undefined {
  const read = turnSchema.safeParse(JSON.parse(text))
  if (!read.success) return undefined
  const { reply, knowledge, newMessages } = read.data
  const refuse = (rule: string, quote: string) => ({
    verdict: 'refuse',
    rule,
    quote,
    reason: `it breaks ${rule}`,
  })
  for (const [rule, pattern] of signs) {
    const found = pattern.exec(reply)
    if (found) return refuse(rule, found[0])
  }
  const known = digitsOf([knowledge, ...newMessages.map(({ text: said }) => said)].join('\n'))
  const [unknown] = (reply.match(price) ?? []).filter((found) => !known.includes(digitsOf(found)))
  return unknown ? refuse('price', unknown) : { verdict: 'pass', rule: null, quote: null, reason: null }
}

const digitsOf = (text: string) =>
  text
    .replaceAll(/(?<=\d)\s(?=\d)/g, '')
    .replaceAll(/\D+/g, ' ')
    .trim()
