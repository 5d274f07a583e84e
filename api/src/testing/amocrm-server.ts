import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export type AmocrmServer = {
  url: string
  /** Answers by `METHOD /path` without the query; a missing one is amoCRM's 204. */
  answers: Map<string, { status: number; body: unknown }>
  requests: { method: string; path: string; token: string | undefined; body: unknown }[]
}

/** A server that answers what the test lays out, on a free port; ends with the test file. */
export async function startAmocrmServer(): Promise<AmocrmServer> {
  const answers: AmocrmServer['answers'] = new Map()
  const requests: AmocrmServer['requests'] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const path = request.url!.split('?')[0]!
    requests.push({
      method: request.method!,
      path,
      token: request.headers.authorization,
      body: text ? JSON.parse(text) : null,
    })
    const answer = answers.get(`${request.method} ${path}`)
    if (!answer) return response.writeHead(204).end()
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    response.writeHead(answer.status, { 'content-type': 'application/hal+json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers, requests }
}
