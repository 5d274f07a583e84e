import { readBusiness } from '../../api/src/settings/business.ts'
import { personFieldsSchema, readPerson } from '../../api/src/person/read-person.ts'
import { answerLines } from '../../scheduling/cli/json-lines.ts'

const { country } = readBusiness()

/** Answers every JSON line of stdin, a card's fields, with what is read of the person. */
export const readPeople = () => answerLines((value) => readPerson(personFieldsSchema.parse(value), country))
