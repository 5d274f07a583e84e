import { z } from 'zod'
import type { App } from '../../app.ts'
import { answerQuestion, openQuestions } from '../../knowledge/answer-question.ts'
import { searchKnowledge } from '../../knowledge/search-knowledge.ts'
import { plainText } from '../plain-text.ts'
import type { Server } from '../server-type.ts'

/** What the assistant may state as facts: looked up, and added to by people's answers. */
export function addKnowledge(server: Server, app: App): void {
  server.get(
    '/knowledge',
    {
      schema: {
        summary: 'The items that have to do with a text, the best first; score 0: there was room',
        security: [{ token: [] }],
        querystring: z.object({ text: z.string().min(1).max(2000) }),
        response: {
          200: z.array(z.object({ id: z.string(), title: z.string(), text: z.string(), score: z.number() })),
        },
      },
    },
    ({ query }) => searchKnowledge(app.db, query.text),
  )

  server.get(
    '/knowledge/questions',
    {
      schema: {
        summary: 'What leads asked, no item answers, and nobody has answered yet',
        security: [{ token: [] }],
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
        response: {
          200: z.array(z.object({ id: z.number(), leadId: z.number(), text: z.string(), askedAt: z.date() })),
        },
      },
    },
    ({ query }) => openQuestions(app.db, query.limit),
  )

  server.post(
    '/knowledge/answers',
    {
      schema: {
        summary: 'Save an answer as knowledge: the assistant may say it to everybody from now on',
        security: [{ token: [] }],
        body: z.object({
          questionId: z.number().int().positive().nullable().default(null),
          /** Helps to find it. Empty: the answer's own words do. */
          title: plainText(200).or(z.literal('')).default(''),
          text: plainText(2000),
          by: plainText(100),
        }),
        response: { 200: z.object({ id: z.string() }) },
      },
    },
    async ({ body }) => ({ id: await answerQuestion(app.db, body) }),
  )
}
