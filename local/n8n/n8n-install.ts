import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../settings/config.ts'
import { installPackages } from '../install/install-packages.mjs'

export const n8nRuntime = join(repository, 'n8n/runtime')
const nodesSource = join(repository, 'n8n/nodes')

const manifestSchema = z.object({ name: z.string(), files: z.array(z.string()) })

/** Installs the n8n that n8n/runtime pins: minutes and 2 GB the first time, nothing afterwards. */
export function installN8n(log: (line: string) => void, signal?: AbortSignal): Promise<boolean> {
  return installPackages({
    folder: n8nRuntime,
    lockFile: join(repository, '.data/n8n-install.lock'),
    title: 'n8n',
    neededMegabytes: 3000,
    log,
    ...(signal && { signal }),
  })
}

/** Puts a fresh copy of our node package where n8n looks for packages: types are `n8n-nodes-lead-processing.<name>`. */
export function placeOurNodes(userFolder: string): void {
  const manifest = manifestSchema.parse(readJson(join(nodesSource, 'package.json')))
  const modules = join(userFolder, '.n8n/nodes/node_modules')
  const place = join(modules, manifest.name)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', ...manifest.files]) {
    const source = join(nodesSource, file)
    if (!existsSync(source)) throw new Error(`n8n/nodes/${file} is missing: run \`npm run build\``)
    cpSync(source, join(place, file), { recursive: true })
  }
  // Ours must share n8n's own n8n-workflow, not one that a folder further up happens to have.
  const link = join(modules, 'n8n-workflow')
  rmSync(link, { recursive: true, force: true })
  symlinkSync(join(n8nRuntime, 'node_modules/n8n-workflow'), link)
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
