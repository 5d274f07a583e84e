import { createInterface } from 'node:readline'
import { ZodError } from 'zod'

/**
 * Answers every JSON line of stdin with one line on stdout. What is wrong with a bad line is told on stderr with the
 * number of the line; `{"error"}` keeps its place on stdout. Exit code 1 when any line was bad.
 */
export async function answerLines(answer: (value: unknown) => unknown): Promise<void> {
  let bad = false
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1
    const json = number === 1 ? line.replace(/^\u{FEFF}/u, '') : line
    if (json.trim() === '') continue
    bad = !printAnswer(() => answer(parse(json)), `line ${number}: `) || bad
  }
  process.exitCode = bad ? 1 : 0
}

/** Prints one answer, or what is wrong: on stderr after `where`, and as `{"error"}` on stdout; false for the latter. */
export function printAnswer(answer: () => unknown, where = ''): boolean {
  try {
    console.log(JSON.stringify(answer()))
    return true
  } catch (error) {
    const message = describe(error)
    console.error(`${where}${message}`)
    console.log(JSON.stringify({ error: message }))
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
