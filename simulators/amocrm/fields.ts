import type { Field, FieldEntity, World } from './world.ts'

/** The custom field definitions of leads or of contacts. */
export const fieldsOf = (world: World, entity: FieldEntity): Field[] =>
  world.fields.filter((field) => field.entity === entity)
