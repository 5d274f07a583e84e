import { createServer } from 'node:net'

/** A TCP port of 127.0.0.1 that is free now. */
export async function findFreePort(): Promise<number> {
  return listenOnce(0)
}

/** True when something listens on this port of 127.0.0.1 already (or it may not be opened by this user). */
export async function isPortTaken(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => false,
    () => true,
  )
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
