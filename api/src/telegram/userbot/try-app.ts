import { MemoryStorage } from '@mtcute/node'
import type { Config } from '../../settings/config.ts'
import { createClient, readSimulator } from './create-client.ts'
import { failureOf } from './failure-of.ts'
import { proxyTransport } from './proxy-transport.ts'

const callMs = 20_000

/**
 * Asks Telegram for the token of a QR login that nobody will scan: it is given only to an api_id and api_hash that belong together.
 * No account is logged in, no code is sent, nothing is kept.
 * @throws MessengerError; its message is Telegram's word
 */
export async function tryApp(telegram: Config['telegram']): Promise<void> {
  const { apiId, apiHash, simulatorUrl } = telegram
  const simulator = simulatorUrl === null ? null : await readSimulator(simulatorUrl)
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => {})
  const transport = telegram.proxy && proxyTransport(telegram.proxy, broken.reject)
  const client = createClient(telegram, new MemoryStorage(), simulator, async () => {}, transport)
  client.onError.add(() => {})
  try {
    await Promise.race([
      broken.promise,
      client.call(
        { _: 'auth.exportLoginToken', apiId, apiHash, exceptIds: [] },
        { abortSignal: AbortSignal.timeout(callMs) },
      ),
    ])
  } catch (error) {
    throw failureOf(error)
  } finally {
    await client.destroy()
  }
}
