import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { EndsLater } from '../../simulators/telegram/test-world.ts'
import { makeCertificate } from '../proxy/certificate.ts'
import { startHttpProxy, type TestProxy } from '../proxy/proxies.ts'

/**
 * The services' own names, with TLS, by a proxy that leads to other servers: nothing of what is tried knows that it does not speak with
 * the internet. `services`: the address behind each name. `certificateFile` is written: NODE_EXTRA_CA_CERTS.
 */
export async function serveRealHosts(
  t: EndsLater,
  services: Record<string, string>,
  certificateFile: string,
): Promise<TestProxy> {
  const names = Object.keys(services)
  const certificate = makeCertificate(names)
  writeFileSync(certificateFile, certificate.cert)
  const front = createServer(certificate, (asked, answer) => {
    const target = services[String(asked.headers.host)]
    if (target === undefined) return void answer.writeHead(421).end()
    const { host, hostname, port } = new URL(target)
    const { method, url: path, headers } = asked
    const passed = request({ hostname, port, method, path, headers: { ...headers, host } }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers)
      given.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const { port } = front.address() as AddressInfo
  t.after(async () => {
    front.closeAllConnections()
    await new Promise((resolve) => front.close(resolve))
  })
  return startHttpProxy(t, { hosts: Object.fromEntries(names.map((name) => [name, port])) })
}
