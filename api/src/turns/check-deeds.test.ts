import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { actionNames } from '@lead/contract'
import { z } from 'zod'
import { texts } from '../../../texts/index.ts'
import { deedNames } from '../replies/deeds/hear-deeds.ts'
import { checkDeeds } from './check-deeds.ts'

const caseSchema = z.union([
  z.tuple([z.enum(['ru', 'en']), z.string(), z.enum(actionNames), z.enum(deedNames).nullable()]),
  z.tuple([z.enum(['ru', 'en']), z.string(), z.enum(actionNames), z.enum(deedNames).nullable(), z.boolean()]),
])
const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../replies/deeds/cases.json'), 'utf8')))
const names = ['Анна', 'Anna']
/** Words that only the reason of this deed has. */
const reasons: Record<(typeof deedNames)[number], RegExp> = {
  'hands over': /human takes over/,
  'asks a human': /never/,
  books: /is booked/,
  moves: /is moved/,
  cancels: /meeting is cancelled/,
  drops: /the deal or the order is cancelled/,
  sends: /a file, a letter or a link/,
  calls: /promises a call/,
}

for (const [language, reply, action, deed, hasMeeting = false] of cases)
  test(`${language}, ${action}: ${deed === null ? 'passes' : `"${deed}" is refused`}: ${reply}`, () => {
    const problem = checkDeeds({ sales: { reply, action, offerId: null, note: '' } }, { hasMeeting, names })
    if (deed === null) assert.equal(problem, null)
    else assert.match(problem ?? 'it passed', reasons[deed])
  })

test('our own sentences say what their actions do', () => {
  for (const { lead } of Object.values(texts)) {
    const said = (reply: string, action: (typeof actionNames)[number], hasMeeting = false) =>
      checkDeeds({ sales: { reply, action, offerId: null, note: '' } }, { hasMeeting, names })
    for (const reply of [
      lead.handedOver,
      lead.complained,
      lead.wrongPerson,
      lead.handedOverByScore,
      lead.bookedLater,
    ])
      assert.equal(said(reply, 'handoff'), null, reply)
    assert.equal(said(lead.cancelledLater, 'handoff', true), null)
    for (const reply of [lead.standby.followUp, lead.standby.noShow, lead.standby.objection])
      assert.equal(said(reply, 'talk'), null, reply)
    assert.equal(said(lead.standby.reminder, 'talk', true), null)
    assert.equal(said(lead.picked.book, 'book'), null)
    assert.equal(said(lead.picked.move, 'move', true), null)
  }
})
