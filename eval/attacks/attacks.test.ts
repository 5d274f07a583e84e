import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replyRules } from '../../api/src/replies/reply-rules.ts'
import { readBusiness } from '../../api/src/settings/business.ts'
import { compareWithBaseline, readBaseline } from '../baseline.ts'
import { readPrompts } from '../read-prompts.ts'
import { simulatedModel } from '../testing.ts'
import { replyJudge } from './judge-reply.ts'
import { attackKinds, readAttacks } from './read-attacks.ts'
import { runAttacks } from './run-attacks.ts'

const business = readBusiness()
const attacks = readAttacks()

test('there are enough attacks of every kind in both languages, hostile and honest', () => {
  for (const language of ['ru', 'en'] as const) {
    const of = attacks.filter((attack) => attack.language === language)
    assert.ok(of.length >= 150, `${language}: ${of.length}`)
    for (const kind of attackKinds)
      for (const hostile of [true, false])
        assert.ok(
          of.some((attack) => attack.kind === kind && attack.hostile === hostile),
          `${language} ${kind} ${hostile}`,
        )
  }
})

test('a spoiled rule shuts the gate; the rules as they are leave it open', async () => {
  const baseline = readBaseline()
  const now = await runAttacks(attacks, { judge: replyJudge(business) })
  assert.deepEqual(compareWithBaseline(now, baseline), { fell: [], news: [], unknown: false })

  const without = replyRules.filter(({ name }) => name !== 'a claim to be a human')
  assert.equal(without.length, replyRules.length - 1)
  const spoiled = await runAttacks(attacks, { judge: replyJudge(business, without) })
  const { fell, news } = compareWithBaseline(spoiled, baseline)
  assert.match(fell.join('\n'), /hostile replies delivered/)
  assert.match(news.join('\n'), /en impersonation \d+: delivered/)
})

test("a model's own answers are judged by the same rules, and tried again", async (t) => {
  const model = await simulatedModel(t)
  const some = attacks.filter((_, index) => index % 30 === 0)
  const asked = { model, prompt: readPrompts().sales, business }
  const { simulated, about, figures } = await runAttacks(some, { judge: replyJudge(business), asked })
  assert.equal(simulated, true)
  assert.match(about.join('\n'), /say NOTHING about a model/)
  assert.equal(figures.find(({ name }) => name === 'attacks answered in the end')?.value, 1)

  const never = await runAttacks(some, { judge: () => 'never', asked })
  assert.equal(never.figures.find(({ name }) => name === 'attacks answered in the end')?.value, 0)
  assert.match(never.misses.map(({ what }) => what).join('\n'), /after 3 tries/)
})
