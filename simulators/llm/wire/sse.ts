import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Answers with server-sent events, one write per event. */
export function sendEvents(reply: FastifyReply, events: string[]) {
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(Readable.from(events))
}

/** An event whose name is repeated in its data as `type`, as Anthropic and OpenAI's responses send them. */
export const namedEvent = (data: { type: string } & Record<string, unknown>) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

/** The text in the pieces that a stream brings, at most 24 characters each. */
export function piecesOf(text: string): string[] {
  const characters = [...text]
  const pieces: string[] = []
  for (let start = 0; start < characters.length; start += 24)
    pieces.push(characters.slice(start, start + 24).join(''))
  return pieces
}
