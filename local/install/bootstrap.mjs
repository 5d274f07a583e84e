/**
 * Runs a script of this repository with everything it needs: `node local/install/bootstrap.mjs local/commands/start.ts [arguments]`.
 * Installs the packages of package-lock.json when they are not there, then runs the script under the Node that
 * package.json pins. Works with any Node from 20, without dependencies. What comes first may be an option of Node
 * (`--test 'api/**\/*.test.ts'`).
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lacksNode, neededNode, packagesFor } from './platform.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const [major] = process.versions.node.split('.').map(Number)

try {
  if (major < 20)
    throw new Error(
      `Node.js 20 or newer is needed, this is ${process.versions.node}. Get it from https://nodejs.org`,
    )
  if (process.platform === 'win32') throw new Error(lacksNode('win32', process.arch, process.versions.node))
  const { installPackages } = await import('./install-packages.mjs')
  await installPackages({
    folder: root,
    lockFile: join(root, '.data/install.lock'),
    title: 'packages',
    neededMegabytes: 800,
    log: (line) => console.error(line),
  })
  run(findNode(), process.argv.slice(2))
} catch (error) {
  console.error(`\n${error.message}`)
  process.exitCode = 1
}

function findNode() {
  const { node } = packagesFor(process.platform, process.arch)
  const pinned = node && join(root, 'node_modules', node, 'bin/node')
  if (pinned && existsSync(pinned)) return pinned
  if (major >= neededNode) return process.execPath
  throw new Error(lacksNode(process.platform, process.arch, process.versions.node))
}

function run(node, args) {
  const environment = {
    ...process.env,
    PATH: `${dirname(node)}:${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  }
  // From Node 22.15 on this process becomes the script's: no second process, and signals need no passing on.
  if (process.execve) process.execve(node, [node, ...args], environment)

  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: environment })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
