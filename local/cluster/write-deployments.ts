/** Part of `npm run build`: the systemd units and the Kubernetes manifests, out of docker-compose.yml. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCompose } from '../../docker/read-compose.mts'
import { repository } from '../settings/config.ts'
import { kubernetesManifests } from './kubernetes.ts'
import { systemdUnits } from './systemd-units.ts'

const { services } = readCompose(join(repository, 'docker-compose.yml'))
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string }
writeFolder('deploy/systemd', systemdUnits(services))
writeFolder('deploy/kubernetes', kubernetesManifests(services, version))

function writeFolder(folder: string, files: Record<string, string>): void {
  rmSync(join(repository, folder), { recursive: true, force: true })
  mkdirSync(join(repository, folder), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, folder, name), text)
}
