import { join } from 'node:path'
import { repository } from '../../local/settings/config.ts'
import { findFreePort } from '../../local/processes/ports.ts'
import { answersOk, createService, type Service } from '../../local/processes/processes.ts'
import { apiEnvironment } from '../../local/settings/service-environments.ts'
import type { System } from '../../local/system/system.ts'

/** Starts one more API process for the system's database, on a port of its own. */
export async function startSecondApi(
  system: System,
  apiVariables: Record<string, string> = {},
): Promise<{ url: string; service: Service }> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const service = createService({
    name: 'API 2',
    command: process.execPath,
    args: [join(repository, 'api/src/main.ts')],
    env: { ...apiEnvironment(system.config, system.databaseUrl), ...apiVariables, PORT: String(port) },
    cwd: repository,
    logFile: join(system.config.dataDir, 'logs/api-2.log'),
    isHealthy: () => answersOk(`${url}/health`),
  })
  await service.start()
  return { url, service }
}
