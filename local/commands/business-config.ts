import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { isMap, isScalar, parseDocument } from 'yaml'
import { businessFile, readBusiness } from '../../api/src/settings/business.ts'
import { texts } from '../../texts/index.ts'
import { askBusiness } from '../business/ask-business.ts'
import { repository } from '../settings/config.ts'
import { openInterview } from '../terminal/interview.ts'
import { readArguments, readLanguage } from './command-line.ts'

const help = `
npm run config -- check   [--file FILE]
npm run config -- explain [--file FILE] [NAME]
npm run config -- new     [--file FILE] [--force]

config/business.yaml: what the assistant is, sells and may do. The API server reads it again by itself when it changes.
  check    every fault with its line and how to mend it; exit code 1 when there is any
  explain  each setting, its value and what it means; with a NAME only what begins so, for instance meeting
  new      a short interview, and a working file of your own

  --file FILE  default: config/business.yaml; for new: config/own/business.yaml (then BUSINESS_CONFIG names it)
  --force      new: overwrite; what was there is kept beside it as .bak
  --lang ru|en new: the language of the questions (default: the terminal's)
Complete samples: config/samples/b2b-ru, config/samples/clinic-en.
`

const { values, positionals } = readArguments(help, {
  file: { type: 'string' },
  force: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
})
const [action = '', name = ''] = positionals

function check(file: string): void {
  try {
    const { sellers, knowledge } = readBusiness(file)
    console.log(`${file} is good: ${sellers.length} seller(s), ${knowledge.length} item(s) of knowledge`)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

function explain(file: string): void {
  let isShown = false
  const show = (node: unknown, path: string[], comment: string): void => {
    const shown = path.join('.')
    const said = comment
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join(' ')
    if (shown.startsWith(name) && (said || isScalar(node))) {
      isShown = true
      console.log(`${shown}${isScalar(node) ? `: ${String(node.value)}` : ''}${said ? `\n    ${said}` : ''}`)
    }
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      const beside = isScalar(value) ? (value.comment ?? '') : ''
      show(value, [...path, String(key.value)], [key.commentBefore ?? '', beside].filter(Boolean).join('\n'))
    }
  }
  const { contents } = parseDocument(readFileSync(file, 'utf8'))
  show(contents, [], '')
  if (isShown) return
  const names = isMap(contents) ? contents.items.map(({ key }) => String(key)) : []
  console.error(`${file} has no setting that begins with "${name}"; there are ${names.join(', ')}`)
  process.exitCode = 1
}

const fromHere = (path: string) => {
  const short = relative(repository, resolve(path))
  return short.startsWith('..') ? resolve(path) : short
}

async function interview(file: string): Promise<void> {
  const isThere = existsSync(file)
  if (isThere && !values.force) {
    console.error(`${file} is there already: --force overwrites it, and keeps it as ${file}.bak`)
    process.exitCode = 1
    return
  }
  const text = texts[readLanguage(values.lang)].terminal.newBusiness
  const person = openInterview()
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const made = await askBusiness(person, { sample: readFileSync(businessFile, 'utf8'), zone, text })
  person.close()
  if (made === null) {
    console.error(`\n${text.left}`)
    process.exitCode = 1
    return
  }
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true })
  if (isThere) copyFileSync(file, `${file}.bak`)
  writeFileSync(file, made)
  process.stdout.write('\n')
  check(file)
  console.log(text.next({ file: fromHere(file), knowledge: fromHere(resolve(folder, 'knowledge')) }))
}

if (values.help || !['check', 'explain', 'new'].includes(action)) {
  console.log(help.trim())
  process.exitCode = values.help ? 0 : 2
} else if (action === 'check') check(values.file ?? businessFile)
else if (action === 'explain') explain(values.file ?? businessFile)
else await interview(values.file ?? businessFile.replace(/business\.yaml$/, 'own/business.yaml'))
