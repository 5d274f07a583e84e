import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMap, isScalar, parseDocument } from 'yaml'
import { businessFile, readBusiness } from '../../api/src/settings/business.ts'
import { openInterview } from '../terminal/interview.ts'
import { readArguments } from './command-line.ts'

const help = `
npm run config -- check   [--file FILE]
npm run config -- explain [--file FILE] [NAME]
npm run config -- new     [--file FILE] [--force]

config/business.yaml: what the assistant is, sells and may do. The API server reads it again by itself when it changes.
  check    every fault with its line and how to mend it; exit code 1 when there is any
  explain  each setting, its value and what it means; with a NAME only what begins so, for instance meeting
  new      a short interview, and a working file of your own

  --file FILE  default: config/business.yaml; for new: config/own/business.yaml (then BUSINESS_CONFIG names it)
  --force      new: overwrite
Complete samples: config/samples/b2b-ru, config/samples/clinic-en.
`

const { values, positionals } = readArguments(help, {
  file: { type: 'string' },
  force: { type: 'boolean' },
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

const zoneOfThisMachine = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Each question, its usual answer, and where the answer goes in the file. */
const questions: { ask: string; usual: string; paths: string[][] }[] = [
  { ask: 'Company, in Russian', usual: '', paths: [['company', 'name', 'ru']] },
  { ask: 'Company, in English', usual: 'Northlight', paths: [['company', 'name', 'en']] },
  {
    ask: 'Seller, in Russian',
    usual: '',
    paths: [
      ['company', 'seller', 'ru'],
      ['sellers', '0', 'name', 'ru'],
    ],
  },
  {
    ask: 'Seller, in English',
    usual: 'Anna',
    paths: [
      ['company', 'seller', 'en'],
      ['sellers', '0', 'name', 'en'],
    ],
  },
  { ask: 'What you offer, one sentence in Russian', usual: '', paths: [['company', 'offer', 'ru']] },
  { ask: 'What you offer, one sentence in English', usual: '', paths: [['company', 'offer', 'en']] },
  { ask: 'Language until the lead has one (ru, en)', usual: 'ru', paths: [['language']] },
  { ask: 'Time zone', usual: zoneOfThisMachine, paths: [['timeZone'], ['sellers', '0', 'timeZone']] },
  { ask: 'Country of phones without a code (ISO, two letters)', usual: 'RU', paths: [['country']] },
  {
    ask: 'Google calendar of the seller (an e-mail, or default)',
    usual: 'default',
    paths: [['sellers', '0', 'calendar']],
  },
  { ask: 'Length of a meeting, minutes', usual: '30', paths: [['meeting', 'durationMin']] },
]

async function interview(file: string): Promise<void> {
  if (existsSync(file) && !values.force) {
    console.error(`${file} is there already: --force overwrites it`)
    process.exitCode = 1
    return
  }
  const document = parseDocument(readFileSync(businessFile, 'utf8'))
  const person = openInterview()
  for (const { ask, usual, paths } of questions) {
    const answer = (await person.ask(`${ask}${usual ? ` [${usual}]` : ''}: `)) || usual
    if (!answer) continue
    for (const path of paths)
      document.setIn(
        path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        /^\d+$/.test(answer) ? Number(answer) : answer,
      )
  }
  person.close()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, document.toString({ lineWidth: 0 }))
  process.stdout.write('\n')
  check(file)
}

if (values.help || !['check', 'explain', 'new'].includes(action)) {
  console.log(help.trim())
  process.exitCode = values.help ? 0 : 2
} else if (action === 'check') check(values.file ?? businessFile)
else if (action === 'explain') explain(values.file ?? businessFile)
else await interview(values.file ?? businessFile.replace(/business\.yaml$/, 'own/business.yaml'))
