import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { playTalk } from './play-talk.ts'
import { readTalk } from './talk.ts'
import { startTalkSystem, type TalkSystem } from './talk-system.ts'

/**
 * Played by `npm test`: one of each kind that has never failed. The whole corpus is not steady yet beside other load; TALKS=all plays it,
 * and so does `npm run talk -- e2e/talks/*.yaml`.
 */
const steady = [
  'en-german.yaml',
  'en-human-takes.yaml',
  'en-lisbon.yaml',
  'en-remove-number.yaml',
  'en-stop.yaml',
  'ru-ekb.yaml',
  'ru-human-writes.yaml',
  'ru-not-stop.yaml',
  'ru-stop.yaml',
]
/** All are read: a file that is no talk fails here. */
const all = globSync(join(import.meta.dirname, '*.yaml'))
  .toSorted()
  .map(readTalk)
const talks = process.env['TALKS'] === 'all' ? all : all.filter(({ file }) => steady.includes(file))
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
