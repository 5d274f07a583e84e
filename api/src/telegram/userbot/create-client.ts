import {
  type ITelegramStorageProvider,
  NodePlatform,
  networkMiddlewares,
  TelegramClient,
  type TelegramTransport,
} from '@mtcute/node'
import { addPublicKey, NodeCryptoProvider } from '@mtcute/node/utils.js'
import { request } from 'undici'
import { z } from 'zod'
import type { Config } from '../../settings/config.ts'

/** What the simulator tells a client about itself. The login is there because no phone can receive its code. */
const simulatorSchema = z.looseObject({
  host: z.string(),
  port: z.number(),
  dcId: z.number(),
  publicKey: z.string(),
  accounts: z.array(
    z.looseObject({ phone: z.string(), loginCode: z.string(), password: z.string().optional() }),
  ),
})
export type Simulator = z.output<typeof simulatorSchema>

/** @throws when the simulator does not answer */
export async function readSimulator(url: string): Promise<Simulator> {
  const answer = await request(`${url}/_sim/server`, { headersTimeout: 5000, bodyTimeout: 5000 })
  return simulatorSchema.parse(await answer.body.json())
}

const longestSleepMs = 60_000

const isTooLong = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && '_' in answer && answer._ === 'updates.differenceTooLong'

/** The stock platform catches signals and raises them again; a service ends in its own order. */
class ServicePlatform extends NodePlatform {
  override beforeExit = () => () => {}
}

/**
 * A Telegram client that leaves pacing and retries to us: it never waits out a flood limit, never repeats an error for
 * ever, and always catches up on what it missed.
 */
export function createClient(
  telegram: Config['telegram'],
  storage: ITelegramStorageProvider,
  simulator: Simulator | null,
  /** Telegram tells no updates as old as those that are missing; the library goes on without them. */
  onGap: () => Promise<void>,
  /** Null: directly. */
  transport: TelegramTransport | null,
): TelegramClient {
  const crypto = new NodeCryptoProvider()
  if (simulator) addPublicKey(crypto, simulator.publicKey)
  const dc =
    simulator &&
    ({ _: 'dcOption', id: simulator.dcId, ipAddress: simulator.host, port: simulator.port } as const)
  return new TelegramClient({
    apiId: telegram.apiId,
    apiHash: telegram.apiHash,
    storage,
    crypto,
    platform: new ServicePlatform(),
    ...(transport ? { transport } : {}),
    ...(dc ? { defaultDcs: { main: dc, media: dc } } : {}),
    initConnectionOptions: { deviceModel: 'Lead Processing', systemVersion: '1.0', appVersion: '1.0' },
    logLevel: 1,
    updates: { catchUp: true },
    network: {
      middlewares: [
        // The library asks for what it missed by itself, so it has to wait by itself as well.
        async (call, next) => {
          if (call.request._ !== 'updates.getDifference') return next(call)
          call.params = { ...call.params, floodSleepThreshold: longestSleepMs }
          const answer = await next(call)
          if (isTooLong(answer)) await onGap()
          return answer
        },
        ...networkMiddlewares.basic({
          floodWaiter: { store: false, maxWait: 0, maxRetries: 1 },
          internalErrors: { maxRetries: 3, exceptErrors: ['RANDOM_ID_DUPLICATE'] },
        }),
      ],
    },
  })
}
