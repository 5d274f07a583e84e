import { Api } from 'grammy'
import { type Dispatcher, fetch } from 'undici'
import { dispatcherThrough } from '../../outgoing/dispatchers.ts'
import type { TunnelProxy } from '../../outgoing/proxy-address.ts'

/** A bot, and where it is asked. */
export type BotPlace = {
  token: string
  root: string
  /** Null: as everything else goes over HTTP. */
  proxy: TunnelProxy | null
}
/** The methods of the Bot API, and the way for what has to be asked beside them; undefined: as everything else. */
export type BotApi = { api: Api; dispatcher: Dispatcher | undefined }

/** The Bot API as this bot is to be asked, through its proxy if there is one. */
export function createBotApi({ token, root, proxy }: BotPlace, timeoutSeconds: number): BotApi {
  const dispatcher = proxy ? dispatcherThrough('TELEGRAM_PROXY', proxy) : undefined
  // The library's own type of fetch is that of another package, of which it reads no more than `json()`.
  const api = new Api(token, { apiRoot: root, timeoutSeconds, fetch: fetchBy(dispatcher) as never })
  return { api, dispatcher }
}

type Asked = {
  method: string
  headers: Record<string, string>
  body: string
  signal: { aborted: boolean; addEventListener: (event: 'abort', listener: () => void) => void }
}

/** The library sends JSON only, and brings a signal of a kind that undici does not take. */
const fetchBy = (dispatcher: Dispatcher | undefined) => async (url: string, asked: Asked) => {
  const ending = new AbortController()
  if (asked.signal.aborted) ending.abort()
  asked.signal.addEventListener('abort', () => ending.abort())
  const { method, headers, body } = asked
  try {
    return await fetch(url, {
      method,
      headers,
      body,
      signal: ending.signal,
      ...(dispatcher && { dispatcher }),
    })
  } catch (error) {
    // What went wrong is in the cause; the error itself says only that something did.
    throw error instanceof Error ? (error.cause ?? error) : error
  }
}
