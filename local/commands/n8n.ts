/** `npm run n8n`: for a person who changes the workflows in n8n's editor, or brings them into an n8n of their own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffWorkflows } from '../../n8n/workflows/diff-workflows.ts'
import { contentOf } from '../../n8n/workflows/workflow-content.ts'
import { replaceAtNextStart, saveEdit } from '../n8n/bring-workflows.ts'
import {
  describeDifference,
  type EditPorts,
  exportEdits,
  giveUpEdits,
  readPairs,
} from '../n8n/manage-edits.ts'
import { n8nDatabase } from '../n8n/n8n.ts'
import { withN8nDatabase } from '../n8n/n8n-database.ts'
import { howToBringNodes, whatIsLeft } from '../n8n/describe-elsewhere.ts'
import { installElsewhere, NodesAreMissing } from '../n8n/install-elsewhere.ts'
import { credentialFolder, provisionFiles, workflowFolder } from '../n8n/provision.ts'
import { openPublicApi } from '../n8n/public-api.ts'
import { readJsonFiles, renderCredentials } from '../n8n/render-credentials.ts'
import { credentialVariables, findUrls } from '../settings/service-environments.ts'
import { loadConfig, repository } from '../settings/config.ts'
import { findRunningSystem } from '../system/system-lock.ts'
import { startSystem } from '../system/system.ts'
import { fail, readArguments } from './command-line.ts'

const help = `
npm run n8n -- diff [NAME...]
npm run n8n -- export NAME
npm run n8n -- adopt NAME
npm run n8n -- replace NAME
npm run n8n -- install --url URL --api-key KEY
npm run n8n -- evaluation

What was edited in n8n's editor, and how it goes on. A start never overwrites it. NAME: lead-processing,
lead-processing-agent, lead-intake, calendar-sync, enrich or errors.
  diff     what differs between ours (-) and n8n's (+)
  export   writes n8n's version into a file
  adopt    keeps yours: prompts go into docs/prompts-*.md, all else into n8n/workflows/edits. Commit that; then a start has
           nothing to say about it
  replace  keeps ours: yours is written into a file, and the next start imports and publishes ours

  install  brings credentials and workflows into an n8n of your own through its public API, and publishes them. May be repeated:
           what you edited there is kept and named. Says what is missing there, and what to put into .env

  evaluation  brings a data table of labelled replies and a workflow into the n8n of npm start, which must be running: its tab
           Evaluations measures the classifier. May be repeated: what is there stays

  --url URL      install: where that n8n opens
  --api-key KEY  install: of its public API (Settings, n8n API). Or in the environment: N8N_API_KEY
  --replace      install: takes ours for workflows that were edited there; theirs are written into files. evaluation: the table
                 is made anew, without the rows that people added
  --rows N       evaluation: about so many labelled replies, not all
  --file FILE    diff, adopt: a file instead of n8n's database: of export, or of Download in the editor's menu
  --data FOLDER  where the system keeps everything (default: .data)
`

const { values, positionals } = readArguments(help, {
  file: { type: 'string' },
  data: { type: 'string' },
  url: { type: 'string' },
  'api-key': { type: 'string' },
  replace: { type: 'boolean' },
  rows: { type: 'string' },
  help: { type: 'boolean' },
})
const [action = '', ...names] = positionals
const needsName = !['diff', 'install', 'evaluation'].includes(action) && !values.file
if (
  values.help ||
  !['diff', 'export', 'adopt', 'replace', 'install', 'evaluation'].includes(action) ||
  (needsName && names.length === 0)
) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const config = loadConfig(values.data ? { dataDir: values.data } : {})
const files = provisionFiles(config)
const workflows = readJsonFiles(workflowFolder)

/** With n8n's database, of the system that runs, or started for the moment. */
async function withPorts(work: (ports: EditPorts) => Promise<void>): Promise<void> {
  const running = findRunningSystem(config.dataDir)
  const system = running ? undefined : await startSystem({ config, log: () => {}, only: ['postgres'] })
  try {
    const database = n8nDatabase(config, system?.databaseUrl ?? running?.database ?? '')
    await withN8nDatabase(database, (query) => work({ query, workflows, ...files }))
  } finally {
    await system?.stop()
  }
}

async function diff(): Promise<void> {
  if (values.file) {
    const theirs = contentOf(JSON.parse(readFileSync(values.file, 'utf8')))
    const ours = workflows.map(({ content }) => contentOf(content)).find(({ id }) => id === theirs.id)
    if (!ours) throw new Error(`${theirs.name} (${theirs.id}) is none of our workflows`)
    console.log(diffWorkflows(ours, theirs).join('\n') || 'as ours')
    return
  }
  await withPorts(async (ports) => {
    for (const pair of await readPairs(ports, names)) console.log(describeDifference(pair).join('\n'))
  })
}

const adoptFile = (file: string) =>
  execFileSync(process.execPath, [join(repository, 'n8n/workflows/adopt.ts'), file], { stdio: 'inherit' })

async function adopt(): Promise<void> {
  if (values.file) return void adoptFile(values.file)
  await withPorts(async (ports) => {
    for (const { ours, stored } of await readPairs(ports, names)) {
      if (!stored) throw new Error(`n8n does not have ${ours.name} yet`)
      adoptFile(saveEdit(ports.editFolder, stored.draft))
      // A prompt loses the spaces around it on its way: what n8n has may differ by those.
      if (stored.published) replaceAtNextStart(ports.stateFile, [ours.id])
    }
  })
}

const exportAll = () =>
  withPorts(async (ports) => {
    for (const pair of await readPairs(ports, names))
      console.log(exportEdits(pair, ports.editFolder).join('\n'))
  })

const replace = () =>
  withPorts(async (ports) => {
    const kept = giveUpEdits(ports, await readPairs(ports, names))
    console.log(`${kept.join('\n')}\nThe next npm start imports and publishes ours.`)
  })

async function install(): Promise<void> {
  const key = values['api-key'] ?? process.env.N8N_API_KEY
  if (!values.url || !key) throw new Error(`${values.url ? '--api-key, or N8N_API_KEY' : '--url'} is missing`)
  const url = new URL(values.url).href.replace(/\/+$/, '')
  const { googleApi } = findUrls(config)
  try {
    const notices = await installElsewhere({
      api: openPublicApi(url, key),
      workflows,
      credentials: renderCredentials(credentialFolder, credentialVariables(config)),
      googleUrl: googleApi,
      stateFile: join(config.dataDir, 'n8n-elsewhere.json'),
      editFolder: files.editFolder,
      replace: values.replace ?? false,
      log: (line) => console.log(line),
    })
    console.log(['', ...notices.map((notice) => `! ${notice}`), ...whatIsLeft(config, url)].join('\n'))
    if (notices.length > 0) process.exitCode = 1
  } catch (error) {
    if (!(error instanceof NodesAreMissing)) throw error
    throw new Error([error.message, ...howToBringNodes].join('\n'), { cause: error })
  }
}

function evaluation(): void {
  const { data, rows } = values
  const given = [...(data ? ['--data', data] : []), ...(rows ? ['--rows', rows] : [])]
  if (values.replace) given.push('--replace')
  const script = join(repository, 'eval/n8n/main.ts')
  process.exitCode = spawnSync(process.execPath, [script, ...given], { stdio: 'inherit' }).status ?? 1
}

try {
  await { diff, adopt, export: exportAll, replace, install, evaluation }[action as 'diff']()
} catch (error) {
  fail(error)
}
process.exit()
