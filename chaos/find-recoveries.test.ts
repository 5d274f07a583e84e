import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findRecoveries } from './find-recoveries.ts'
import { tellStory } from './testing/observed.ts'

test('a recovery lasts from the restart to the next effect, and only counts when there was work', () => {
  const tell = tellStory()
  tell.usual()
  const { at } = tell.says(40, 'А сколько это стоит?')
  const said = Date.parse(at)
  tell.sends(49, 'ответ')
  const api = { part: 'api' as const, why: 'kill -9', from: said + 1000, to: said + 4000 }
  const idle = { part: 'redis' as const, why: 'kill -9', from: said - 15_000, to: said - 14_000 }
  tell.observed.outages.push(api, idle)
  assert.deepEqual(findRecoveries(tell.observed), [{ part: 'api', why: 'kill -9', seconds: 5 }])
  tell.observed.outages.push({ part: 'n8n', why: 'kill -9', from: said + 5000, to: said + 6000 })
  assert.ok(
    findRecoveries(tell.observed).every(({ part }) => part === 'n8n'),
    'a restart that another part disturbed',
  )
})
