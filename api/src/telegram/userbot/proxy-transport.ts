import {
  HttpProxyTcpTransport,
  MtProxyTcpTransport,
  SocksProxyTcpTransport,
  type TelegramTransport,
} from '@mtcute/node'
import type { ProxyAddress } from '../../outgoing/proxy-address.ts'
import { ProxyFailure, proxyFailure } from '../../outgoing/proxy-failure.ts'

/**
 * The way to Telegram through a proxy. `onFailure` hears of each try that ended at the proxy, with what to do about it: the library
 * tries again for ever and tells nobody, and its own errors hold the password.
 */
export function proxyTransport(
  proxy: ProxyAddress,
  onFailure: (failure: ProxyFailure) => void,
): TelegramTransport {
  const transport = transportOf(proxy)
  const connect = transport.connect.bind(transport)
  transport.connect = async (dc) => {
    try {
      return await connect(dc)
    } catch (error) {
      const failure =
        proxyFailure('TELEGRAM_PROXY', proxy, error) ??
        new ProxyFailure(
          `TELEGRAM_PROXY: the proxy ${proxy.host}:${proxy.port} cannot be used: try another one`,
        )
      onFailure(failure)
      throw failure
    }
  }
  return transport
}

/** The connection stands, and Telegram says nothing: so an MTProxy treats a wrong secret. */
export const silentProxy = ({ host, port }: ProxyAddress): ProxyFailure =>
  new ProxyFailure(
    `TELEGRAM_PROXY: nothing comes back from Telegram through ${host}:${port}: correct the secret of an MTProxy, or take another proxy`,
  )

function transportOf(proxy: ProxyAddress): TelegramTransport {
  const { host, port } = proxy
  if (proxy.kind === 'mtproxy') return new MtProxyTcpTransport({ host, port, secret: proxy.secret })
  // An empty user is a user to the library.
  const place = { host, port, ...proxy.login }
  return proxy.kind === 'socks5'
    ? new SocksProxyTcpTransport({ ...place, version: 5 })
    : new HttpProxyTcpTransport({ ...place, tls: proxy.kind === 'https' })
}
