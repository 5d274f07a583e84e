import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes what n8n's webhooks take, and thinks nothing: a test reports what an execution would. */
export async function startStandInN8n(
  /** @returns the status to answer with; 200 when nothing is said */
  hear: (path: string, body: unknown) => number | void = () => {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    let body = ''
    request.setEncoding('utf8')
    for await (const part of request) body += String(part)
    // The API also asks whether n8n answers at all.
    const status = request.method === 'POST' ? hear(request.url ?? '', JSON.parse(body)) : undefined
    response.writeHead(status ?? 200).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => void server.close(resolve))
    },
  }
}
