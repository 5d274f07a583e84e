import { globSync } from 'node:fs'
import { join } from 'node:path'
import { playTalk } from '../../e2e/talks/play-talk.ts'
import { readTalk, type Talk } from '../../e2e/talks/talk.ts'
import { startTalkSystem } from '../../e2e/talks/talk-system.ts'
import { repository } from '../../local/settings/config.ts'
import { inParallel } from '../models/in-parallel.ts'
import type { Office } from '../models/real-model.ts'
import { type Say, share, type SuiteResult } from '../suite.ts'

/** More only make each slower: n8n has one processor. */
const atOnce = 10

/** The talks of e2e/talks, in the order of their names. @throws Error that names the file and each wrong field */
export const readTalks = (): Talk[] => globSync(join(repository, 'e2e/talks/*.yaml')).toSorted().map(readTalk)

type Played = { talk: Talk; problems: string[]; transcript: string[] }

/** Every talk `k` times, each time in a fresh system: a talk says at which hours its seller is free. */
export async function runTalks(
  talks: Talk[],
  { k, office, say = () => {} }: { k: number; office: Office; say?: Say },
): Promise<SuiteResult> {
  const played: Played[] = []
  for (let round = 1; round <= k; round += 1) {
    say(`talks, ${round} of ${k}: the system starts, a minute or two`)
    const system = await startTalkSystem(talks, office.settings)
    try {
      const one = async (talk: Talk): Promise<Played> => {
        const { problems, transcript } = await playTalk(system, talk)
        say(`talks: ${problems.length === 0 ? '✔' : '✘'} ${talk.file}`)
        return { talk, problems, transcript }
      }
      played.push(...(await inParallel(talks, atOnce, one)))
    } finally {
      await system.stop()
    }
  }
  const rows = talks.map((talk) => {
    const good = played.filter((one) => one.talk === talk && one.problems.length === 0).length
    return { talk, good }
  })
  const passed = rows.reduce((sum, { good }) => sum + good, 0)
  return {
    suite: 'talks',
    of: office.name,
    simulated: office.simulated,
    about: [
      'The conversations of e2e/talks, word for word, each with the end that a careful human would reach.',
      ...(office.simulated
        ? ['NO MODEL WAS ASKED: the LLM simulator labelled and wrote. This says NOTHING about a model.']
        : []),
    ],
    figures: [
      share('pass^1', passed / played.length, 0.05),
      ...(k > 1
        ? [share(`pass^${k}`, rows.filter(({ good }) => good === k).length / talks.length, 0.08)]
        : []),
    ],
    tables: [
      {
        title: 'Talks',
        head: ['talk', `ended well of ${k}`],
        rows: rows.map(({ talk, good }) => [talk.file, good]),
      },
    ],
    misses: played
      .filter(({ problems }) => problems.length > 0)
      .map(({ talk, problems, transcript }) => ({
        id: talk.file,
        what: `${problems.join('; ')} — ${transcript.join(' / ').replaceAll('\n', ' ')}`,
      })),
    bars: {
      title: 'Talks that ended well',
      bars: rows.map(({ talk, good }) => ({ label: talk.file, value: good / k })),
    },
  }
}
