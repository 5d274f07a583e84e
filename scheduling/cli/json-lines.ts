import { createInterface } from 'node:readline'
import { ZodError } from 'zod'

/** Answers every JSON line of stdin with one line on stdout; exit code 1 when any line was bad. */
export async function answerLines(answer: (value: unknown) => unknown): Promise<void> {
  let bad = false
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    bad = !printAnswer(() => answer(parse(line))) || bad
  }
  process.exitCode = bad ? 1 : 0
}

/** Prints one answer, or what is wrong as `{"error": "..."}`; false for the latter. */
export function printAnswer(answer: () => unknown): boolean {
  try {
    console.log(JSON.stringify(answer()))
    return true
  } catch (error) {
    console.log(JSON.stringify({ error: describe(error) }))
    return false
  }
}

/** Parses JSON with an error that says what was read. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SyntaxError(`not JSON: ${text.slice(0, 80)}`)
  }
}

function describe(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
