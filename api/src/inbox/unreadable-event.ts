import { errorText } from '../text/storable.ts'

/** An event that says nothing we understand, now or later. */
export class UnreadableEvent extends Error {
  override name = 'UnreadableEvent'
}

export function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UnreadableEvent(errorText(error), { cause: error })
  }
}
