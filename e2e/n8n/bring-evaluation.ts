import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from '../../local/settings/config.ts'
import { effectiveVariables } from '../../local/settings/service-environments.ts'
import type { System } from '../../local/system/system.ts'

/** `npm run n8n -- evaluation` as a person gives it. @returns what it printed @throws when it fails */
export async function bringEvaluation({ config }: Pick<System, 'config'>, rows: number): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(repository, 'local/commands/n8n.ts'),
      ...['evaluation', '--data', config.dataDir, '--rows', String(rows)],
    ],
    { env: { ...process.env, ...effectiveVariables(config) } },
  )
  return stdout
}
