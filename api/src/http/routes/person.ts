import { erasedPersonSchema, erasureSchema, heldOfPersonSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { erasePerson } from '../../erasure/erase-person.ts'
import { exportPerson } from '../../erasure/export-person.ts'
import { type Asked, findPerson } from '../../erasure/find-person.ts'
import { liftErasure } from '../../erasure/marks.ts'
import { listErasures } from '../../erasure/list-erasures.ts'
import { type Sign, signsOf } from '../../erasure/signs.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const askedSchema = z
  .object({
    leadIds: z.array(z.number().int().positive()).min(1).max(50).optional(),
    phone: plainText(40).optional(),
    /** A username or the number of an account. */
    telegram: plainText(40).optional(),
  })
  .refine(
    (body) => [body.leadIds, body.phone, body.telegram].filter((one) => one !== undefined).length === 1,
    'needs one of leadIds, phone, telegram',
  )

const toAsked = ({ leadIds, phone, telegram }: z.infer<typeof askedSchema>): Asked => {
  if (leadIds) return { leads: leadIds }
  return phone === undefined ? { telegram: telegram ?? '' } : { phone }
}

/** One person's data: given out, or erased. By POST, so that no address or log holds a phone. */
export function addPerson(server: Server, app: App): void {
  server.post(
    '/person/export',
    {
      schema: {
        summary: 'Everything that is kept of a person, table by table',
        security: [{ token: [] }],
        body: askedSchema,
        response: { 200: heldOfPersonSchema },
      },
    },
    async ({ body }) => {
      const { person, alike } = await findPerson(app, toAsked(body))
      return { alike, ...(await exportPerson(app.db, person)) }
    },
  )

  server.post(
    '/person/erase',
    {
      schema: {
        summary: 'Erase everything of a person, here and in n8n; they are never written to again',
        security: [{ token: [] }],
        body: z.object({
          who: askedSchema,
          by: plainText(100),
          /** `leave`: n8n's executions are deleted by hand. */
          n8n: z.enum(['erase', 'leave']).default('erase'),
        }),
        response: { 200: erasedPersonSchema },
      },
    },
    async ({ body }) => {
      const { person, alike } = await findPerson(app, toAsked(body.who))
      return { ...(await erasePerson(app, person, { by: body.by, n8n: body.n8n })), alike }
    },
  )

  server.post(
    '/person/allow',
    {
      schema: {
        summary: 'An erased person may be met again, because they came back by their own will',
        security: [{ token: [] }],
        body: askedSchema,
        response: { 200: z.object({ allowed: z.literal(true) }) },
      },
    },
    async ({ body }) => {
      const { leadIds } = body
      const signs: Sign[] = leadIds
        ? leadIds.map((id): Sign => `lead:${id}`)
        : signsOf((await findPerson(app, toAsked(body))).person)
      if (!(await liftErasure(app, app.db, signs)))
        throw new Problem('unknown-person', 'Nobody like this was erased')
      return { allowed: true as const }
    },
  )

  server.get(
    '/person/erasures',
    {
      schema: {
        summary: 'Who was erased: numbers and hashes, the newest first; nothing of the people',
        security: [{ token: [] }],
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
        response: {
          200: z.array(erasureSchema.extend({ turnedAway: z.number(), turnedAwayAt: z.date().nullable() })),
        },
      },
    },
    ({ query }) => listErasures(app.db, query.limit),
  )
}
