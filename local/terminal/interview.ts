import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

type Input = NodeJS.ReadableStream & { isTTY?: boolean }

/** Questions to the person at the terminal, or to a script that gives a line for each. */
export type Interview = {
  say: (line: string) => void
  /** The answer without spaces around it; null: there are no more, or the person left with Ctrl-C. */
  ask: (question: string) => Promise<string | null>
  /** The same for what is not shown while it is typed. */
  askSecret: (question: string) => Promise<string | null>
  close: () => void
}

export function openInterview(
  input: Input = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): Interview {
  const say = (line: string) => void output.write(`${line}\n`)
  if (input.isTTY)
    return {
      say,
      ask: (question) => askPerson(input, output, question),
      askSecret: (question) => {
        output.write(question)
        const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
        return askPerson(input, silent, '').finally(() => say(''))
      },
      close: () => {},
    }
  const script = createInterface({ input })
  const lines = script[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string | null> => {
    output.write(question)
    const { value, done } = await lines.next()
    say('')
    return done ? null : value.trim()
  }
  return { say, ask, askSecret: ask, close: () => script.close() }
}

function askPerson(input: Input, output: NodeJS.WritableStream, question: string): Promise<string | null> {
  const terminal = createInterface({ input, output, terminal: true, prompt: question })
  return new Promise((resolve) => {
    terminal.on('line', (line) => {
      resolve(line.trim())
      terminal.close()
    })
    terminal.on('SIGINT', () => terminal.close())
    terminal.on('close', () => resolve(null))
    terminal.prompt()
  })
}
