import { spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../local/processes/ports.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../../local/settings/data-folder.ts'

export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0

/** Redis that has on its disk what it has said yes to. */
export async function startRedis() {
  const folder = makeTemporaryDataFolder()
  const port = await findFreePort()
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
  }
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for (const deadline = Date.now() + 10_000; !(await answers(port)); await sleep(50))
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('redis-server did not start')
  return {
    port,
    stop: async () => {
      child.kill()
      await ended
      removeDataFolder(folder)
    },
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.end())
  })
