import { Client } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PlayedLead, playLead } from '../demo/play-lead.ts'
import type { Cluster } from './start-cluster.ts'

export type ClusterProof = PlayedLead & {
  /** What was killed, and in the middle of what. */
  kills: { process: string; while: string; secondsIntoTheTalk: number }[]
  /** Meetings of the lead in the calendar. */
  meetings: number
  /** Texts that the lead got more than once. */
  saidTwice: string[]
}

/** The kills, in this order: the next one waits until a turn is being thought about again. */
const victims = ['n8n-worker', 'redis', 'n8n-webhook', 'api', 'n8n'] as const

/** How long a killed process may take to be back before the next one goes. In ms. */
const pauseMs = 1500

/**
 * One lead through the cluster, while one process after another is killed (-9) in the middle of a turn. What restarts them is what restarts
 * them in Compose.
 */
export async function proveCluster(options: {
  cluster: Cluster
  lang: 'ru' | 'en'
  print: (line: string) => void
}): Promise<ClusterProof> {
  const { cluster, lang, print } = options
  const db = new Client({ connectionString: cluster.databaseUrl })
  await db.connect()
  const ending = new AbortController()
  const started = performance.now()
  const kills: ClusterProof['kills'] = []

  async function killInTurns(): Promise<void> {
    for (const victim of victims) {
      const turn = await nextTurn()
      const pid = cluster.processes.get(victim)?.pid()
      if (turn === undefined || pid === undefined) continue
      const secondsIntoTheTalk = Math.round((performance.now() - started) / 100) / 10
      process.kill(-pid, 'SIGKILL')
      kills.push({ process: victim, while: turn, secondsIntoTheTalk })
      print(`        ✝ ${victim}, while ${turn}`)
      await sleep(pauseMs)
    }
  }

  /** Waits until an execution of n8n has a turn. */
  async function nextTurn(): Promise<string | undefined> {
    while (!ending.signal.aborted) {
      const { rows } = await db.query<{ id: number; kind: string }>(
        `select id, kind from turns where state = 'running' and execution_id is not null and decision is null limit 1`,
      )
      if (rows[0]) return `turn ${rows[0].id} (${rows[0].kind}) was being thought about`
      await sleep(20)
    }
    return undefined
  }

  try {
    const killing = killInTurns()
    const played = await playLead({ urls: cluster.urls, lang, print })
    ending.abort()
    await killing
    const events = (await (await fetch(`${cluster.urls.google}/_sim/events`)).json()) as {
      status: string
      extendedProperties?: { private?: { leadId?: string } }
    }[]
    const meetings = events.filter(
      (one) =>
        one.status !== 'cancelled' && one.extendedProperties?.private?.leadId === String(played.leadId),
    ).length
    const texts = played.messages.filter(({ from }) => from === 'seller').map(({ text }) => text)
    const saidTwice = [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))]
    return { ...played, kills, meetings, saidTwice }
  } finally {
    ending.abort()
    await db.end()
  }
}
