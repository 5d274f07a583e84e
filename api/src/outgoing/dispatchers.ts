import {
  Agent,
  type Dispatcher,
  EnvHttpProxyAgent,
  Pool,
  ProxyAgent,
  setGlobalDispatcher,
  Socks5ProxyAgent,
} from 'undici'
import type { HttpWays } from './http-ways.ts'
import { isLoopback, nameOfProxy, type TunnelProxy } from './proxy-address.ts'
import { proxyFailure } from './proxy-failure.ts'

/** Nothing that we ask for is larger: a page of 250 cards is below 5 MB, a file of Telegram's at most 20. */
const connectMs = 5000
const limits = {
  maxResponseSize: 32 * 1024 * 1024,
  connect: { timeout: connectMs },
  connectTimeout: connectMs,
}

/** The one dispatcher of the process: every request over HTTP goes this way, also those of Node's own fetch. */
export function setHttpWays(ways: HttpWays): void {
  setGlobalDispatcher(ways.https || ways.http ? throughProxies(ways) : new Agent(limits))
}

function throughProxies({ https, http, direct }: HttpWays): Dispatcher {
  const around = new Agent(limits)
  const proxies = new EnvHttpProxyAgent({
    ...limits,
    httpsProxy: https ? urlOf(https) : '',
    httpProxy: http ? urlOf(http) : '',
    noProxy: direct.join(','),
    proxyTunnel: true,
    clientFactory: (url, options) => {
      const isSecond = !https || new URL(urlOf(https)).host !== url.host
      const [variable, proxy] =
        isSecond && http ? (['HTTP_PROXY', http] as const) : (['HTTPS_PROXY', https] as const)
      const client = doorOf(url, options)
      return proxy ? toldOf(variable, proxy, client) : client
    },
  })
  return proxies.compose(
    (dispatch) => (options, handler) =>
      isLoopback(new URL(String(options.origin)).hostname)
        ? around.dispatch(options, handler)
        : dispatch(options, handler),
  )
}

/** For what goes through a proxy of its own, whatever is asked. `variable`: where people have set it. */
export function dispatcherThrough(variable: string, proxy: TunnelProxy): Dispatcher {
  if (proxy.kind === 'socks5') {
    const { user: username, password } = proxy.login ?? {}
    const agent = new Socks5ProxyAgent(nameOfProxy(proxy), {
      ...(username && { username }),
      ...(password && { password }),
    })
    return toldOf(variable, proxy, agent)
  }
  return new ProxyAgent({
    ...limits,
    uri: urlOf(proxy),
    proxyTunnel: true,
    clientFactory: (url, options) => toldOf(variable, proxy, doorOf(url, options)),
  })
}

function urlOf(proxy: TunnelProxy): string {
  const { user, password } = proxy.login ?? {}
  const login = user ? `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@` : ''
  return nameOfProxy(proxy).replace('://', `://${login}`)
}

/** The connections to a proxy itself. One that takes them and says nothing is given up. */
const doorOf = (url: URL, options: object) => new Pool(url, { ...options, headersTimeout: connectMs })

/**
 * What fails at the proxy is told in our words, and only until the request itself goes out: what fails later may have been done all
 * the same, and is passed on as it is.
 */
function toldOf(variable: string, proxy: Pick<TunnelProxy, 'host' | 'port'>, client: Dispatcher): Dispatcher {
  const told = (error: Error) => proxyFailure(variable, proxy, error) ?? error
  return client.compose((dispatch) => (options, handler) => {
    const isTunnel = options.method === 'CONNECT'
    let isOut = false
    return dispatch(options, {
      onRequestStart: (controller, context) => {
        isOut = !isTunnel
        handler.onRequestStart?.(controller, context)
      },
      onRequestUpgrade: (controller, status, headers, socket) => {
        if (!isTunnel || status === 200)
          return handler.onRequestUpgrade?.(controller, status, headers, socket)
        socket.on('error', () => {}).destroy()
        handler.onResponseError?.(controller, told(new Error(`the proxy answered ${status}`)))
      },
      onResponseStart: (controller, status, headers, text) =>
        handler.onResponseStart?.(controller, status, headers, text),
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) =>
        handler.onResponseError?.(controller, isOut ? error : told(error)),
    })
  })
}
