import type { Amocrm } from '../amocrm.ts'
import { notSupportedChoice, validationProblem } from '../api/problem.ts'
import { fieldsOf } from '../fields.ts'
import type { FieldEntity } from '../world.ts'

/** Field values by code as the API takes them. @throws Problem 400 that names a code which does not exist. */
export function written(amo: Amocrm, entity: FieldEntity, values: Record<string, string | number | boolean>) {
  const fields = fieldsOf(amo.world, entity)
  return Object.entries(values).map(([code, value]) => {
    const field = fields.find((one) => one.code === code)
    if (!field) throw validationProblem([{ request_id: '0', errors: [notSupportedChoice(`fields.${code}`)] }])
    return { field_id: field.id, values: [{ value }] }
  })
}
