import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Buildah, run } from './buildah.ts'

export type Base = { image: string; version: string }

/** What the Dockerfile stands on. @throws when the Node of this checkout is another one than that of the image */
export function readBase(dockerfile: string): Base {
  const image = /^FROM (node:\S+)/m.exec(readFileSync(dockerfile, 'utf8'))?.[1] ?? ''
  const version = /^node:([\d.]+)-bookworm-slim$/.exec(image)?.[1]
  if (version !== process.versions.node)
    throw new Error(`${dockerfile} is built from "${image}", and this is Node ${process.versions.node}`)
  return { image, version }
}

/**
 * An image of the name that the Dockerfile wants, made without a registry of images: Debian by debootstrap, this Node and this npm in the
 * places where the official image has them, and its user. Debian's part is kept in `folder`.
 */
export async function buildBase(
  buildah: Buildah,
  { image }: Base,
  folder: string,
  log: (line: string) => void,
) {
  const debian = join(folder, 'bookworm')
  if (!existsSync(join(debian, 'etc/debian_version'))) {
    const unfinished = `${debian}.part`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    log('Debian bookworm by debootstrap')
    await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', unfinished])
    await run('mv', [unfinished, debian])
  }
  const npm = dirname(dirname(process.env['npm_execpath'] ?? ''))
  if (!existsSync(join(npm, 'bin/npm-cli.js')))
    throw new Error('Start it by npm run: its npm goes into the image')
  log(`${image} of it, with Node ${process.version} and this npm`)
  const container = (await buildah('from', 'scratch')).trim()
  await buildah('copy', container, debian, '/')
  await buildah('copy', '--chmod', '755', container, process.execPath, '/usr/local/bin/node')
  await buildah('copy', container, npm, '/usr/local/lib/node_modules/npm')
  const setUp = [
    'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    'groupadd --gid 1000 node',
    'useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
  ].join(' && ')
  await buildah('run', container, '--', 'sh', '-c', setUp)
  await buildah('commit', '--rm', container, `docker.io/library/${image}`)
}
