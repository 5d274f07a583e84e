/** @returns undefined for what is no JSON: amoCRM's proxy answers with HTML pages */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
