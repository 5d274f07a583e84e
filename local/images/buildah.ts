import { spawn } from 'node:child_process'

export type Buildah = (deed: string, ...args: string[]) => Promise<string>

/** buildah with images of its own in `folder`; what it runs, it runs in a chroot, which needs no more than root. */
export const buildahIn =
  (folder: string): Buildah =>
  (deed, ...args) =>
    run('buildah', placeOf(folder, deed).concat(args))

/** What begins each of its command lines. */
export const placeOf = (folder: string, deed: string): string[] => [
  ...['--root', `${folder}/images`, '--runroot', `${folder}/run`, '--storage-driver', 'vfs', deed],
  ...(deed === 'run' || deed === 'build' ? ['--isolation', 'chroot'] : []),
]

/** @returns what it printed. @throws with the last of what it complained about */
export function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let all = ''
    child.stdout.on('data', (part: Buffer) => ((said += part.toString()), (all += part.toString())))
    child.stderr.on('data', (part: Buffer) => (all += part.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(said)
      const end = all.trimEnd().split('\n').slice(-20).join('\n')
      reject(new Error(`${command} ${args.at(-1) ?? ''} ended with ${code}:\n${end}`))
    })
  })
}
