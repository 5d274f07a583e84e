import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../settings/config.ts'

/** Lint, format and generators: apart from the root, so that running the system does not install them. */
export const toolsFolder = join(repository, 'tools')
export const tool = (name: string): string => join(toolsFolder, 'node_modules/.bin', name)

export function installTools(): void {
  if (['knip', 'eslint', 'openapi-typescript'].every((name) => existsSync(tool(name)))) return
  console.log('Installing the tools of tools/package.json')
  execFileSync('npm', ['install', '--no-progress', '--loglevel=error'], {
    cwd: toolsFolder,
    stdio: 'inherit',
  })
}
