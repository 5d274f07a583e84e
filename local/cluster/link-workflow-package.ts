import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { n8nRuntime } from '../n8n/n8n-install.ts'

/** Ours must share n8n's own n8n-workflow, not one that a folder further up happens to have. */
export function linkWorkflowPackage(folder: string): void {
  const modules = join(folder, '.n8n/nodes/node_modules')
  mkdirSync(modules, { recursive: true })
  const link = join(modules, 'n8n-workflow')
  if (!existsSync(link)) symlinkSync(join(n8nRuntime, 'node_modules/n8n-workflow'), link)
}
