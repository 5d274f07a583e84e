import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { hashOwnerPassword } from '../local/n8n/owner-password.ts'
import { deriveN8nVariables } from './n8n-variables.mts'

const nodesSource = join(import.meta.dirname, '../n8n/nodes')

/**
 * Completes this process's environment for n8n and puts our nodes where n8n looks for packages.
 * @returns the file of n8n's command
 * @throws when there is no n8n in PATH, or when the nodes were not built
 */
export function prepareN8n(): string {
  const command = findCommand('n8n')
  const bcrypt = createRequire(command)('bcryptjs') as Parameters<typeof hashOwnerPassword>[0]
  const hash = (password: string) => hashOwnerPassword(bcrypt, password, process.env.N8N_ENCRYPTION_KEY ?? '')
  Object.assign(process.env, deriveN8nVariables(process.env, hash))
  placeOurNodes(join(process.env.N8N_USER_FOLDER ?? '', '.n8n'))
  return command
}

function findCommand(name: string): string {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  const file = places.find((place) => existsSync(place))
  if (!file) throw new Error(`There is no ${name} in PATH`)
  return realpathSync(file)
}

function placeOurNodes(n8nFolder: string): void {
  const manifest = JSON.parse(readFileSync(join(nodesSource, 'package.json'), 'utf8')) as {
    name: string
    files: string[]
  }
  const place = join(n8nFolder, 'nodes/node_modules', manifest.name)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', ...manifest.files]) {
    const source = join(nodesSource, file)
    if (!existsSync(source)) throw new Error(`n8n/nodes/${file} is missing: run \`npm run build\``)
    cpSync(source, join(place, file), { recursive: true })
  }
}
