import { type AmocrmError, isRefusal } from './amocrm-error.ts'

/** A part that was not written, and amoCRM's reason. */
export type LeftOut<Part> = { part: Part; reason: string }

/**
 * Writes all parts in one request. What amoCRM refuses by name is left out and the rest written; when it names nothing, the parts are
 * halved until what it refuses is alone. So no part keeps another from being written.
 * @param partAt the part that a path in amoCRM's answer leads to
 * @returns what was not written; all of it, when amoCRM takes no part
 * @throws AmocrmError for what is no refusal
 */
export async function writeParts<Part>(
  parts: Part[],
  send: (parts: Part[]) => Promise<unknown>,
  partAt: (parts: Part[], path: string) => Part | undefined,
): Promise<LeftOut<Part>[]> {
  if (parts.length === 0) return []
  try {
    await send(parts)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    const named = namedParts(parts, error, partAt)
    const [only] = parts
    if (only && parts.length === 1) return [{ part: only, reason: named[0]?.reason ?? error.message }]
    if (named.length > 0) {
      const bad = new Set(named.map(({ part }) => part))
      const rest = parts.filter((part) => !bad.has(part))
      return [...named, ...(await writeParts(rest, send, partAt))]
    }
    // Without a right to this card every part would be refused: one more try tells.
    const half = error.status === 403 ? 1 : Math.ceil(parts.length / 2)
    const [first, others] = [parts.slice(0, half), parts.slice(half)]
    if (error.status === 403) {
      const left = await writeParts(first, send, partAt)
      if (left.length > 0) return parts.map((part) => ({ part, reason: error.message }))
      return writeParts(others, send, partAt)
    }
    // The less important ones first: a stage may ask for a field that is among them.
    const left = await writeParts(others, send, partAt)
    return [...(await writeParts(first, send, partAt)), ...left]
  }
}

function namedParts<Part>(
  parts: Part[],
  error: AmocrmError,
  partAt: (parts: Part[], path: string) => Part | undefined,
): LeftOut<Part>[] {
  const named = new Map<Part, string>()
  for (const { path, code, detail } of error.refused) {
    const part = partAt(parts, path)
    if (part !== undefined && !named.has(part)) named.set(part, detail || code || error.message)
  }
  return [...named].map(([part, reason]) => ({ part, reason }))
}
