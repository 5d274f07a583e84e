import { findFreePort } from '../processes/ports.ts'
import { createService, type Service, type ServiceOptions } from '../processes/processes.ts'

const mostTries = 5

/** What n8n says before it ends, when somebody else listens where its broker for Code nodes should. */
export const brokerPortTaken = (port: number) => `Task Broker's port ${port} is already in use`

/**
 * n8n's server with a port for its broker that is chosen anew at each start: one that was free a moment ago may have been given to another
 * system since. n8n ends when it is; then the next one is tried.
 */
export function createWithBrokerPort(
  options: ServiceOptions,
  { log, choosePort = findFreePort }: { log: (line: string) => void; choosePort?: () => Promise<number> },
): Service {
  const env = { ...options.env }
  const service = createService({ ...options, env })
  const start = async () => {
    for (let tried = 1; ; tried += 1) {
      const port = await choosePort()
      env.N8N_RUNNERS_BROKER_PORT = String(port)
      try {
        return await service.start()
      } catch (error) {
        const isTaken = error instanceof Error && error.message.includes(brokerPortTaken(port))
        if (!isTaken || tried === mostTries) throw error
        log(`n8n: port ${port} for its Code nodes was taken meanwhile; it is started again with another one`)
      }
    }
  }
  return { ...service, start }
}
