import { randomUUID } from 'node:crypto'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'

/** The API takes a process for dead that is away for two seconds. */
const againMs = 400
/** An API without this address, or a wrong token: the leases of the turns do without. */
const refusedMs = 10_000

/** The name of this process of n8n, for as long as it lives; reports carry it. */
export const thisProcess = randomUUID()
let place: { baseUrl: string; token: string } | null = null

/**
 * Keeps one connection of this process to the API open from now on. When the process dies, the kernel ends the connection, and the API
 * gives what was thought about here to another execution at once.
 */
export function stayConnected(baseUrl: string, token: string): void {
  const isFirst = place === null
  place = { baseUrl, token }
  if (isFirst) connect()
}

/** Nothing here keeps the process alive, and nothing of it is thrown. */
function connect(): void {
  const later = (ms: number) => void setTimeout(connect, ms).unref()
  if (!place) return
  try {
    const url = new URL(`${place.baseUrl.replace(/\/$/, '')}/n8n/processes/${thisProcess}`)
    const send = url.protocol === 'https:' ? secure : plain
    // Straight there, and a connection of its own: it says nothing about this process when another one ends it.
    const asked = send(url, { agent: false, headers: { authorization: `Bearer ${place.token}` } })
    let isTaken = true
    asked.on('socket', (socket) => socket.setKeepAlive(true, 10_000).unref())
    asked.on('response', (answer) => {
      isTaken = answer.statusCode === 200
      answer.on('error', () => {}).resume()
    })
    asked.on('error', () => {})
    asked.on('close', () => later(isTaken ? againMs : refusedMs))
    asked.end()
  } catch {
    later(refusedMs)
  }
}
