import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const completionSchema = z.object({
  messages: z.array(z.looseObject({ role: z.string() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).optional(),
})

/** As the simulators count them. */
const charactersPerToken = 4
const asksForTimes = /созвон|когда|врем|call|when|time/i

/**
 * Everything that the template speaks with: OpenAI's chat completions with a model that answers at once and asks for the calendar when a lead
 * asks for a time, the calendar, and the door by which messages are sent. Counts what the model is sent.
 */
export async function startOutside() {
  const spent = { calls: 0, input: 0, sent: 0 }
  const server = createServer(async (request, response) => {
    const body = await read(request)
    const answer = (json: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    if (request.url?.startsWith('/v1/chat/completions')) {
      const asked = completionSchema.parse(JSON.parse(body))
      spent.calls++
      spent.input += Math.ceil(
        (JSON.stringify(asked.messages).length + JSON.stringify(asked.tools ?? []).length) /
          charactersPerToken,
      )
      return answer(complete(asked))
    }
    if (request.url?.startsWith('/calendar'))
      return answer({
        free: ['2031-02-04T10:00:00+03:00', '2031-02-04T12:30:00+03:00', '2031-02-05T15:00:00+03:00'],
      })
    spent.sent++
    return answer({ ok: true })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    spent,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function complete({ messages, tools = [] }: z.infer<typeof completionSchema>) {
  const last = messages.at(-1)
  const [tool] = tools
  const calls = tool && last?.role === 'user' && asksForTimes.test(JSON.stringify(last))
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'instant',
    choices: [
      {
        index: 0,
        finish_reason: calls ? 'tool_calls' : 'stop',
        message: calls
          ? {
              role: 'assistant',
              content: null,
              tool_calls: [
                { id: 'call_1', type: 'function', function: { name: tool.function.name, arguments: '{}' } },
              ],
            }
          : {
              role: 'assistant',
              content:
                'Понимаю. Это зависит от размера команды: обычно от 30 000 рублей в месяц. Давайте созвонимся и посчитаем?',
            },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  return body
}
