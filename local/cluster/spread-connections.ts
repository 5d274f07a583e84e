import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a connection waits for a replica while none listens, and how often it looks. In ms. */
const patienceMs = 5000
const lookAgainMs = 100

/**
 * One port of 127.0.0.1 for all replicas of a service, as the name of a Compose service is: each connection goes to the next replica that
 * takes it, and ends with it.
 * @returns the port, and what closes it with all its connections
 */
export async function spreadConnections(options: {
  /** 0: any free one. */
  port: number
  replicas: () => number[]
}): Promise<{ port: number; close: () => Promise<void> }> {
  let turn = 0
  const open = new Set<Socket>()
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => void join(client))

  async function join(client: Socket): Promise<void> {
    keep(client)
    const deadline = performance.now() + patienceMs
    while (!client.destroyed && performance.now() < deadline) {
      const replica = await reachOne()
      if (!replica) {
        await sleep(lookAgainMs)
        continue
      }
      keep(replica)
      for (const [one, other] of [
        [client, replica],
        [replica, client],
      ] as const)
        one.once('close', () => other.destroy())
      if (client.destroyed) replica.destroy()
      client.pipe(replica).pipe(client)
      client.resume()
      return
    }
    client.destroy()
  }

  async function reachOne(): Promise<Socket | undefined> {
    const ports = options.replicas()
    const first = turn++
    for (let tried = 0; tried < ports.length; tried += 1) {
      const socket = await reach(ports[(first + tried) % ports.length]!)
      if (socket) return socket
    }
    return undefined
  }

  function keep(socket: Socket): void {
    open.add(socket)
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.once('close', () => open.delete(socket))
  }

  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen({ port: options.port, host: '127.0.0.1' }, resolve),
  )
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      return closed
    },
  }
}

function reach(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}
