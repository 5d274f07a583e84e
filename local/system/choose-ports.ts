import type { Config, portNames, SimulatorName } from '../settings/config.ts'
import { findFreePort, isPortTaken } from '../processes/ports.ts'

type PortName = (typeof portNames)[number]
export type PartName = 'postgres' | 'simulators' | 'api' | 'n8n'

const simulatorPorts: Record<SimulatorName, PortName[]> = {
  amocrm: ['SIM_AMOCRM_PORT'],
  telegram: ['SIM_TELEGRAM_PORT', 'SIM_TELEGRAM_CONTROL_PORT'],
  llm: ['SIM_LLM_PORT'],
  google: ['SIM_GOOGLE_PORT'],
}

/**
 * Replaces each port 0 in the settings by a free one, and checks that the others are free.
 * @throws with one line per port that is taken
 */
export async function choosePorts(config: Config, parts: PartName[]): Promise<void> {
  const names = neededPorts(config, parts)
  const used = new Set<number>(names.map((name) => config.settings[name]))
  const problems: string[] = []
  for (const name of names) {
    const port = config.settings[name]
    const taken = port !== 0 && (await isPortTaken(port))
    if (port === 0 || (taken && name === 'DB_PORT' && config.databasePortIsFree)) {
      config.settings[name] = await findUnusedPort(used)
      if (taken)
        config.notes.push(`port ${port} is taken, so PostgreSQL is on ${config.settings[name]} (DB_PORT)`)
    } else if (taken) {
      problems.push(
        `port ${port} is taken by another program: end that, or set ${name} in .env to a free port (0: any)`,
      )
    }
  }
  if (problems.length) throw new Error(problems.join('\n'))
}

function neededPorts(config: Config, parts: PartName[]): PortName[] {
  return [
    ...(parts.includes('postgres') && !config.externalDatabaseUrl ? (['DB_PORT'] as const) : []),
    ...(parts.includes('api') ? (['PORT'] as const) : []),
    ...(parts.includes('n8n') ? (['N8N_PORT'] as const) : []),
    ...(parts.includes('simulators') ? config.simulators.flatMap((name) => simulatorPorts[name]) : []),
  ]
}

async function findUnusedPort(used: Set<number>): Promise<number> {
  for (;;) {
    const port = await findFreePort()
    if (used.has(port)) continue
    used.add(port)
    return port
  }
}
