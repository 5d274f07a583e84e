import { z } from 'zod'
import { errorText } from '../text/storable.ts'

/** An event that says nothing we understand, now or later. */
export class UnreadableEvent extends Error {
  override name = 'UnreadableEvent'
}

export function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UnreadableEvent(inOneLine(error), { cause: error })
  }
}

const mostFields = 3

/** What people read in a list and on a card: "field: why", the first few. */
function inOneLine(error: unknown): string {
  if (!(error instanceof z.ZodError)) return errorText(error).replaceAll(/\s+/g, ' ')
  const fields = error.issues.map(({ path, message }) => `${path.join('.') || '(all of it)'}: ${message}`)
  const more = fields.length > mostFields ? `; ${fields.length - mostFields} more` : ''
  return errorText(`${fields.slice(0, mostFields).join('; ')}${more}`).replaceAll(/\s+/g, ' ')
}
