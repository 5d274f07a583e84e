/**
 * Ends our process groups when the process that started them dies without stopping them (kill -9). Reads lines on stdin:
 * `+123 SIGTERM` watches group 123 and names the signal that ends it well, `-123` forgets it. When stdin closes, the
 * parent is gone: each watched group gets its signal, and SIGKILL three seconds later.
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const groups = new Map<number, NodeJS.Signals>()

for await (const line of createInterface({ input: process.stdin })) {
  const [number = '', signal = 'SIGTERM'] = line.slice(1).split(' ')
  if (line.startsWith('+')) groups.set(Number(number), signal as NodeJS.Signals)
  else groups.delete(Number(number))
}

for (const [group, signal] of groups) send(group, signal)
for (let waited = 0; waited < 3000 && [...groups.keys()].some((group) => send(group, 0)); waited += 100)
  await sleep(100)
for (const group of groups.keys()) send(group, 'SIGKILL')

/** False when the group has no process left. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}
