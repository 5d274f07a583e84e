import { z } from 'zod'
import { AmocrmError, type Refusal } from './amocrm-error.ts'
import { parseJson } from '../text/parse-json.ts'

const problemSchema = z.looseObject({
  detail: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  hint: z.string().optional().catch(undefined),
  retry_after: z.coerce.number().positive().optional().catch(undefined),
  'validation-errors': z.unknown().optional(),
})
/** What is wrong with each item; read one by one, for nobody has seen them all. */
const failedItem = z.looseObject({ errors: z.array(z.unknown()) })
const refusal = z.looseObject({
  path: z.string(),
  code: z.coerce.string().catch(''),
  detail: z.string().catch(''),
})

/** amoCRM errs in problem+json, but also in HTML pages of its proxy: the status decides, the body is read leniently. */
export function readErrorAnswer(status: number, headers: Record<string, unknown>, text: string): AmocrmError {
  const parsed = problemSchema.safeParse(parseJson(text))
  const retryAfterSec = parsed.data?.retry_after ?? (Number(headers['retry-after']) || undefined)
  return new AmocrmError(status, parsed.success ? detailOf(parsed.data) : plainText(text), {
    ...(retryAfterSec === undefined ? {} : { retryAfterMs: retryAfterSec * 1000 }),
    refused: refusalsIn(parsed.data?.['validation-errors']),
  })
}

function detailOf(problem: z.output<typeof problemSchema>): string {
  const validation = problem['validation-errors']
  return [problem.detail ?? problem.title, problem.hint, validation && JSON.stringify(validation)]
    .filter(Boolean)
    .join(' ')
}

const refusalsIn = (errors: unknown): Refusal[] =>
  (Array.isArray(errors) ? errors : [])
    .flatMap((item) => failedItem.safeParse(item).data?.errors ?? [])
    .flatMap((one) => refusal.safeParse(one).data ?? [])
    .map(({ path, code, detail }) => ({ path, code, detail }))

const plainText = (page: string) =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
