import { z } from 'zod'
import { AmocrmError } from './amocrm-error.ts'
import { parseJson } from '../text/parse-json.ts'

const problemSchema = z.looseObject({
  detail: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  hint: z.string().optional().catch(undefined),
  retry_after: z.coerce.number().positive().optional().catch(undefined),
  'validation-errors': z.unknown().optional(),
})

/** amoCRM errs in problem+json, but also in HTML pages of its proxy: the status decides, the body is read leniently. */
export function readErrorAnswer(status: number, headers: Record<string, unknown>, text: string): AmocrmError {
  const parsed = problemSchema.safeParse(parseJson(text))
  const retryAfterSec = parsed.data?.retry_after ?? (Number(headers['retry-after']) || undefined)
  return new AmocrmError(status, parsed.success ? detailOf(parsed.data) : plainText(text), {
    ...(retryAfterSec === undefined ? {} : { retryAfterMs: retryAfterSec * 1000 }),
  })
}

function detailOf(problem: z.output<typeof problemSchema>): string {
  const validation = problem['validation-errors']
  return [problem.detail ?? problem.title, problem.hint, validation && JSON.stringify(validation)]
    .filter(Boolean)
    .join(' ')
}

const plainText = (page: string) =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
