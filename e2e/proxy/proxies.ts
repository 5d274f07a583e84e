import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { EndsLater } from '../../simulators/telegram/test-world.ts'

/** A proxy that really carries connections, and counts them. */
export type TestProxy = {
  port: number
  /** Where it was asked to connect to, `host:port`, one for each connection that it carried. */
  carried: string[]
  /** Tries that it refused. */
  refused: number
  /** Cuts all connections and is gone. */
  close: () => Promise<void>
}
type Options = {
  login?: { user: string; password: string }
  /** Names that only this proxy knows, and the ports of this machine that they are. */
  hosts?: Record<string, number>
  /** The port of one that is gone; else any free one. */
  port?: number
}
/** Takes a client through the proxy's own protocol. Null: it is refused. */
type Welcome = (
  client: Socket,
  bytes: Reader,
) => Promise<{ host: string; port: number; opened?: string | Buffer } | null>
type Reader = (length: number) => Promise<Buffer>

async function startProxy(
  t: EndsLater,
  { hosts = {}, port: wanted = 0 }: Options,
  welcome: Welcome,
): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    void serve(client).catch(() => client.destroy())
  })
  const port = await listen(server, wanted)
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  const proxy: TestProxy = { port, carried: [], refused: 0, close }
  t.after(async () => {
    if (server.listening) await close()
  })

  async function serve(client: Socket): Promise<void> {
    const to = await welcome(client, (length) => readExactly(client, length))
    if (!to) {
      proxy.refused += 1
      client.end()
      return
    }
    proxy.carried.push(`${to.host}:${to.port}`)
    const known = hosts[to.host]
    const target = known === undefined ? connect(to.port, to.host) : connect(known, '127.0.0.1')
    keep(target)
    await new Promise<void>((resolve, reject) => target.once('connect', resolve).once('error', reject))
    if (to.opened) client.write(to.opened)
    client.pipe(target).pipe(client)
  }
  return proxy
}

/** RFC 1928, CONNECT only; with a login RFC 1929. */
export const startSocks5 = (t: EndsLater, options: Options = {}): Promise<TestProxy> =>
  startProxy(t, options, async (client, bytes) => {
    const [version, count] = await bytes(2)
    const methods = await bytes(count!)
    const method = options.login ? 2 : 0
    if (version !== 5 || !methods.includes(method)) {
      client.write(Buffer.from([5, 0xff]))
      return null
    }
    client.write(Buffer.from([5, method]))
    if (options.login) {
      const user = await bytes((await bytes(2))[1]!)
      const password = await bytes((await bytes(1))[0]!)
      const isRight = String(user) === options.login.user && String(password) === options.login.password
      client.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return null
    }
    const kind = (await bytes(4))[3]
    const host =
      kind === 1
        ? [...(await bytes(4))].join('.')
        : kind === 3
          ? String(await bytes((await bytes(1))[0]!))
          : (await bytes(16)).toString('hex').replaceAll(/(....)(?!$)/g, '$1:')
    const port = (await bytes(2)).readUInt16BE()
    return { host, port, opened: Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]) }
  })

/** RFC 9110, CONNECT only. */
export const startHttpProxy = (t: EndsLater, options: Options = {}): Promise<TestProxy> =>
  startProxy(t, options, async (client, bytes) => {
    let head = ''
    while (!head.endsWith('\r\n\r\n')) head += String(await bytes(1))
    const [, host, port] = /^CONNECT \[?([^\s\]]+)\]?:(\d+) HTTP\/1\.1\r\n/.exec(head) ?? []
    const { user, password } = options.login ?? {}
    const wanted = user && `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const given = /^proxy-authorization: (.*)\r$/im.exec(head)?.[1]
    const answer = !host
      ? '405 Method Not Allowed'
      : wanted && wanted !== given
        ? '407 Proxy Authentication Required'
        : null
    if (answer !== null) {
      client.write(`HTTP/1.1 ${answer}\r\ncontent-length: 0\r\n\r\n`)
      return null
    }
    return {
      host: host!,
      port: Number(port),
      opened: 'HTTP/1.1 200 Connection established\r\nvia: test\r\n\r\n',
    }
  })

/** An MTProxy for plain secrets: takes the disguise off, and passes on what is below to the data centre at `target`. */
export async function startMtProxy(t: EndsLater, secret: Buffer, target: number): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  const proxy: TestProxy = { port: 0, carried: [], refused: 0, close: async () => {} }
  const server = createServer((client) => {
    const keep = (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    }
    keep(client)
    void readExactly(client, 64)
      .then((init) => {
        const open = createDecipheriv(...keyOf(init, secret))
        const seal = createCipheriv(...keyOf(Buffer.from(init.toReversed()), secret))
        const plain = open.update(init)
        // The intermediate transport. With another secret this is noise.
        if (plain.readUInt32LE(56) !== 0xeeeeeeee) {
          proxy.refused += 1
          client.destroy()
          return
        }
        proxy.carried.push(`dc${plain.readInt16LE(60)}`)
        const center = connect(target, '127.0.0.1')
        keep(center)
        center.write(Buffer.from([0xee, 0xee, 0xee, 0xee]))
        client.on('data', (chunk) => center.write(open.update(chunk as Buffer)))
        client.on('close', () => center.destroy())
        center.on('data', (chunk) => client.write(seal.update(chunk as Buffer)))
        center.on('close', () => client.destroy())
      })
      .catch(() => client.destroy())
  })
  proxy.port = await listen(server)
  proxy.close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  t.after(async () => {
    if (server.listening) await proxy.close()
  })
  return proxy
}

/** https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation: the key is of the client's bytes and the secret. */
function keyOf(init: Buffer, secret: Buffer): ['aes-256-ctr', Buffer, Buffer] {
  const key = createHash('sha256')
    .update(Buffer.concat([init.subarray(8, 40), secret]))
    .digest()
  return ['aes-256-ctr', key, init.subarray(40, 56)]
}

const listen = (server: Server, port = 0) =>
  new Promise<number>((resolve) =>
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

/** The next bytes of a socket, no more: the rest stays for whoever reads on. */
async function readExactly(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0)
  for (;;) {
    const chunk: Buffer | null = socket.read(length)
    if (chunk) return chunk
    await new Promise<void>((resolve, reject) => {
      socket.once('readable', resolve)
      socket.once('close', () => reject(new Error('the client is gone')))
    })
  }
}
