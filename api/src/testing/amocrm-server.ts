import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

type Laid = { status: number; body: unknown; headers?: Record<string, string> }

export type AmocrmServer = {
  url: string
  /** Answers by `METHOD /path` without the query; a missing one is amoCRM's 204. */
  answers: Map<string, Laid>
  /** Wins over `answers` while it is set. */
  answer: ((request: { method: string; path: string; body: unknown }) => Laid) | undefined
  requests: { method: string; path: string; token: string | undefined; body: unknown }[]
}

/** A server that answers what the test lays out, on a free port; ends with the test file. */
export async function startAmocrmServer(): Promise<AmocrmServer> {
  const answers: AmocrmServer['answers'] = new Map()
  const requests: AmocrmServer['requests'] = []
  const laid: Pick<AmocrmServer, 'answer'> = { answer: undefined }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const path = request.url!.split('?')[0]!
    const asked = { method: request.method!, path, body: text ? JSON.parse(text) : null }
    requests.push({ ...asked, token: request.headers.authorization })
    const answer = laid.answer?.(asked) ?? answers.get(`${request.method} ${path}`)
    if (!answer) return response.writeHead(204).end()
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    response.writeHead(answer.status, { 'content-type': 'application/hal+json', ...answer.headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(laid, { url, answers, requests })
}
