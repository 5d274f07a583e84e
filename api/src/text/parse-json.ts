import { storable } from './storable.ts'

/**
 * Every JSON that did not come through our own server's parser is read here: answers, updates, stored events.
 * @throws SyntaxError
 */
export const readJson = (text: string | Buffer): unknown => storable(JSON.parse(text.toString('utf8')))

/** @returns undefined for what is no JSON: amoCRM's proxy answers with HTML pages */
export function parseJson(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}
