import { abortOnSignals, fail } from '../../local/commands/command-line.ts'
import { parseArgs } from 'node:util'
import { playTalk } from './play-talk.ts'
import { readTalk } from './talk.ts'
import { startTalkSystem } from './talk-system.ts'

const help = `
npm run talk -- [options] FILE...

Plays conversations of e2e/talks (or your own, in the same form) through the whole system with its real n8n, the simulators, and a
clock that stands at Monday, 3 February 2031, 10:00 in Moscow. Prints each as it goes, then what is not as the file says.
Exit code 0: all ended as they should; 1: something differs; 2: a file or an option is wrong.

  --help           this text
`

let files: string[] = []
try {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help.trim())
    process.exit(0)
  }
  if (positionals.length === 0) throw new Error('Which talk? Name one or more files')
  files = positionals
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help.trim()}`)
  process.exit(2)
}

const signal = abortOnSignals()
try {
  const talks = files.map(readTalk)
  const office = await startTalkSystem(talks).catch((error: unknown) => {
    fail(error)
    process.exit(1)
  })
  signal.addEventListener('abort', () => void office.stop().then(() => process.exit(1)))
  try {
    for (const talk of talks) {
      console.log(`\n── ${talk.file}: ${talk.title}`)
      const { problems } = await playTalk(office, talk, (line) => console.log(line))
      for (const problem of problems) console.log(`✘ ${problem}`)
      if (problems.length > 0) process.exitCode = 1
      else console.log('✔ as it should be')
    }
  } finally {
    await office.stop()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
process.exit()
