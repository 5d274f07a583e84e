export type ValidationError = { code: string; path: string; detail: string }

/** An error that is answered as application/problem+json. */
export class Problem extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  /** Answered instead of the body, as the web server in front of the service does. */
  html?: string

  constructor(status: number, title: string, detail: string, more: Record<string, unknown> = {}) {
    super(detail)
    this.status = status
    this.body = { ...more, title, type: `https://httpstatus.es/${status}`, status, detail }
  }
}

/** 400 with the failing items, each under its `request_id`. */
export function validationProblem(failed: { request_id: string; errors: ValidationError[] }[]): Problem {
  return new Problem(400, 'Bad Request', 'Request validation failed', { 'validation-errors': failed })
}

/** 404 in the words used for a route that does not exist. */
export function routeNotFound(method: string, url: string): Problem {
  return new Problem(404, 'Not Found', `Cannot ${method} ${url}`)
}

/** 404 for a parent entity that does not exist. */
export function entityNotFound(entity: string, id: number): Problem {
  return new Problem(404, 'Not Found', `Entity ${entity} ${id} not found`)
}

export const notSupportedChoice = (path: string): ValidationError => ({
  code: 'NotSupportedChoice',
  path,
  detail: 'The value you selected is not a valid choice.',
})

export const invalidType = (path: string, wanted: string): ValidationError => ({
  code: 'InvalidType',
  path,
  detail: `This value should be of type ${wanted}.`,
})

export const requiredFilled = (path: string): ValidationError => ({
  code: 'RequiredFilled',
  path,
  detail: 'This value should not be blank.',
})

export const tooLong = (path: string, most: number): ValidationError => ({
  code: 'TooLong',
  path,
  detail: `This value is too long. It should have ${most} characters or less.`,
})
