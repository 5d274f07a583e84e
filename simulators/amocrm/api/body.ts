import { z } from 'zod'
import {
  Problem,
  type ValidationError,
  invalidType,
  notSupportedChoice,
  requiredFilled,
  validationProblem,
} from './problem.ts'

type Item<Body> = { body: Body; requestId: string }

const maxItems = 250

/**
 * Reads the array body of a collection write. `check` finds what the schema cannot know (ids that do not exist).
 * @throws Problem 400 or 422; then nothing of the batch has been written.
 */
export function readItems<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  check: (item: z.output<Schema>) => ValidationError[] = () => [],
): Item<z.output<Schema>>[] {
  refuseBlank(body)
  if (!Array.isArray(body)) throw wrongKind('array')
  if (body.length > maxItems) {
    throw new Problem(
      422,
      'Unprocessable Entity',
      `The limit of ${maxItems} entities in one request is exceeded`,
    )
  }
  const read = body.map((raw: unknown, index) => {
    const requestId = requestIdOf(raw) ?? String(index)
    return { requestId, ...readBody(schema, raw, check) }
  })
  const failed = read.filter((item) => item.errors.length > 0)
  if (failed.length > 0) {
    throw validationProblem(failed.map((item) => ({ request_id: item.requestId, errors: item.errors })))
  }
  return read.map((item) => ({ body: item.body as z.output<Schema>, requestId: item.requestId }))
}

/** Reads the object body of a write to one entity. @throws Problem 400 */
export function readOne<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  check: (item: z.output<Schema>) => ValidationError[] = () => [],
): z.output<Schema> {
  refuseBlank(body)
  if (Array.isArray(body)) throw wrongKind('object')
  const read = readBody(schema, body, check)
  if (read.errors.length > 0) throw validationProblem([{ request_id: '0', errors: read.errors }])
  return read.body as z.output<Schema>
}

function readBody<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  check: (item: z.output<Schema>) => ValidationError[],
): { body?: z.output<Schema>; errors: ValidationError[] } {
  const parsed = schema.safeParse(raw, { reportInput: true })
  if (!parsed.success) return { errors: parsed.error.issues.flatMap(asErrors) }
  return { body: parsed.data, errors: check(parsed.data) }
}

function asErrors(issue: z.core.$ZodIssue): ValidationError[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'NotExpected',
      path: [...issue.path, key].join('.'),
      detail: 'This field was not expected.',
    }))
  }
  if (issue.code === 'invalid_value') return [notSupportedChoice(path)]
  if (issue.code === 'invalid_type') {
    return [issue.input === undefined ? requiredFilled(path) : invalidType(path, issue.expected)]
  }
  return [{ code: 'InvalidValue', path, detail: issue.message }]
}

function refuseBlank(body: unknown): void {
  const blank =
    body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)
  if (blank) throw new Problem(400, 'Bad Request', 'Request data cannot be blank')
}

const wrongKind = (wanted: string) =>
  validationProblem([{ request_id: '0', errors: [invalidType('', wanted)] }])

function requestIdOf(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('request_id' in raw)) return undefined
  return raw.request_id === undefined || raw.request_id === null ? undefined : String(raw.request_id)
}
