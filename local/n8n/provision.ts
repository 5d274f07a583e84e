import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { modelRequests, readModels } from '../../api/src/settings/models.ts'
import { type Config, repository } from '../settings/config.ts'
import { bringWorkflows, type WorkflowNotice } from './bring-workflows.ts'
import { withN8nDatabase } from './n8n-database.ts'
import { readJsonFiles, renderCredentials } from './render-credentials.ts'
import { n8nCommand } from './n8n.ts'
import { runOnce } from '../processes/run-once.ts'
import { readPublications } from './stored-workflows.ts'
import { credentialVariables, findUrls } from '../settings/service-environments.ts'

export const workflowFolder = join(repository, 'n8n/workflows')
export const credentialFolder = join(repository, 'n8n/credentials')

/** What was imported last, and edits that were put aside. */
export const provisionFiles = ({ dataDir }: Config) => ({
  stateFile: join(dataDir, 'provisioned.json'),
  editFolder: join(dataDir, 'n8n-edits'),
})

/** `bringWorkflows` on this machine, with n8n's own command line. Must run while n8n does not. */
export async function provision(options: {
  config: Config
  environment: Record<string, string>
  log: (line: string) => void
  signal?: AbortSignal
}): Promise<WorkflowNotice[]> {
  const { config, environment, log, signal } = options
  const { OPENAI_MODEL, ANTHROPIC_MODEL } = config.settings
  const logFile = join(config.dataDir, 'logs/provision.log')
  return withN8nDatabase(environment, (query) =>
    bringWorkflows({
      n8n: (...args) =>
        runOnce({
          name: `n8n ${args.join(' ')}`,
          command: process.execPath,
          args: [n8nCommand, ...args],
          environment,
          cwd: config.dataDir,
          logFile,
          // SIGTERM would do only as long as n8n's database answers.
          killSignal: 'SIGKILL',
          ...(signal && { signal }),
        }),
      query,
      workflows: readJsonFiles(workflowFolder),
      credentials: renderCredentials(credentialFolder, credentialVariables(config)),
      surroundings: {
        googleUrl: findUrls(config).googleApi,
        models: modelRequests(readModels(), { openai: OPENAI_MODEL, anthropic: ANTHROPIC_MODEL }),
      },
      ...provisionFiles(config),
      log,
    }),
  )
}

/** How long n8n may still be at a workflow that it had begun to serve: at each start it sets the timers up anew. */
const patienceMs = 30_000

/** Published workflows that the running n8n could not begin to serve. */
export async function findTrouble(environment: Record<string, string>): Promise<WorkflowNotice[]> {
  const end = performance.now() + patienceMs
  for (;;) {
    const publications = await withN8nDatabase(environment, readPublications)
    if (publications.some(({ state }) => state === 'waiting') && performance.now() < end) {
      await sleep(500)
      continue
    }
    return publications.flatMap(({ id, name, state, reason }) =>
      state === 'served' ? [] : [{ id, name, what: 'failed' as const, reason: reason || 'not begun yet' }],
    )
  }
}
