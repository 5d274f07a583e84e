import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/** As much of OpenAI's answer as the other providers have. */
const answerSchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      message: z.looseObject({ content: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number() }),
})
export type OpenAiAnswer = z.infer<typeof answerSchema>

export const chatSchema = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).min(1),
})
export type ChatBody = z.infer<typeof chatSchema>

/** The same brain answers, whoever's wire it is. A refusal of OpenAI's wire (a mode, a bad field) comes back as it is. */
export async function relay(
  app: FastifyInstance,
  body: ChatBody,
): Promise<{ answer: OpenAiAnswer } | { status: number; body: unknown }> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { authorization: 'Bearer relayed' },
    payload: body,
  })
  if (answer.statusCode !== 200) return { status: answer.statusCode, body: answer.json() }
  return { answer: answerSchema.parse(answer.json()) }
}

/** Where a system message stands that is not the first. */
export const lateSystem = ({ messages }: ChatBody): boolean =>
  messages.some(({ role }, index) => role === 'system' && index > 0)
