import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { playTalk } from './play-talk.ts'
import { readTalk } from './talk.ts'
import { startTalkSystem, type TalkSystem } from './talk-system.ts'

const talks = globSync(join(import.meta.dirname, '*.yaml'))
  .toSorted()
  .map(readTalk)
/** More only make each slower: n8n has one processor. */
const atOnce = 12

describe(
  'whole conversations through the real n8n end as a careful human would end them',
  { concurrency: atOnce },
  () => {
    let office: TalkSystem
    before(async () => {
      office = await startTalkSystem(talks)
    })
    after(() => office.stop())

    for (const talk of talks)
      test(`${talk.file}: ${talk.title}`, async () => {
        const { problems, transcript } = await playTalk(office, talk)
        assert.deepEqual(problems, [], `\n${transcript.join('\n')}\n`)
      })
  },
)
