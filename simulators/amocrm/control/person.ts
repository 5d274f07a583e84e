import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { type ValidationError, notSupportedChoice, validationProblem } from '../api/problem.ts'
import { isUser } from '../lead-input.ts'
import { humanUserId } from '../seed.ts'

/** Which user does it; the person at the board unless said. 0 is a robot. */
export const person = z.int().default(humanUserId)

export const checkPerson = (amo: Amocrm, by: number): ValidationError[] =>
  by === 0 || isUser(amo, by) ? [] : [notSupportedChoice('by')]

/** @throws Problem 400 when there is an error */
export function refuse(errors: ValidationError[]): void {
  if (errors.length > 0) throw validationProblem([{ request_id: '0', errors }])
}
