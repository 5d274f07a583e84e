import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** A lead as amoCRM's hook brings it. */
export const hookOf = (id: number): string =>
  new URLSearchParams({
    'leads[add][0][id]': String(id),
    'leads[add][0][name]': `Заявка ${id}`,
    'leads[add][0][pipeline_id]': '7001',
    'leads[add][0][status_id]': '142',
    'leads[add][0][custom_fields][0][name]': 'Город',
    'leads[add][0][custom_fields][0][values][0][value]': 'Казань',
    'account[id]': '31000001',
  }).toString()

/**
 * Hooks on `connections` that are kept open, each sent when the one before it was answered, for `ms`. Written to the sockets as
 * bytes: an HTTP client would cost as much as the server that is measured.
 * @returns accepted hooks a second
 * @throws when one is not accepted
 */
export async function sendHooks(
  door: URL,
  { connections, ms, firstId }: { connections: number; ms: number; firstId: number },
): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(door)))
  const began = performance.now()
  let id = firstId
  let accepted = 0
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() - began < ms) {
        await post(socket, door, hookOf(id++))
        accepted++
      }
      socket.destroy()
    }),
  )
  return accepted / ((performance.now() - began) / 1000)
}

async function open(door: URL): Promise<Socket> {
  const socket = connect({ host: door.hostname, port: Number(door.port), noDelay: true })
  socket.setEncoding('latin1')
  await once(socket, 'connect')
  return socket
}

function post(socket: Socket, door: URL, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const end = (error?: Error) => {
      socket.removeAllListeners()
      if (error) reject(error)
      else resolve()
    }
    socket.on('data', (part: string) => {
      answer += part
      const head = answer.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = /^content-length: (\d+)/im.exec(answer)
      if (!length) return end(new Error(`${door.host} answered without a length: ${answer}`))
      if (answer.length < head + 4 + Number(length[1])) return
      end(answer.startsWith('HTTP/1.1 200') ? undefined : new Error(`${door.host} answered ${answer}`))
    })
    socket.once('error', end)
    socket.once('close', () => end(new Error(`${door.host} closed the connection`)))
    socket.write(
      `POST ${door.pathname} HTTP/1.1\r\nhost: ${door.host}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  })
}
