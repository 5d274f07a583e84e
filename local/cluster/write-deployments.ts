/** Part of `npm run build`: the systemd units, out of docker-compose.yml. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCompose } from '../../docker/read-compose.mts'
import { repository } from '../settings/config.ts'
import { systemdUnits } from './systemd-units.ts'

const { services } = readCompose(join(repository, 'docker-compose.yml'))
writeFolder('deploy/systemd', systemdUnits(services))

function writeFolder(folder: string, files: Record<string, string>): void {
  rmSync(join(repository, folder), { recursive: true, force: true })
  mkdirSync(join(repository, folder), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, folder, name), text)
}
