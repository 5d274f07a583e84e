import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStatements } from '../testing/read-statements.ts'

const statements = readStatements()

/** What stands between `set` and the end of the assignments of each `update` of the table in a statement. */
const assignments = (text: string, table: string) =>
  [
    ...text.matchAll(
      new RegExp(String.raw`\bupdate ${table}\b[\s\S]*?\bset\b([\s\S]*?)(?=\bwhere\b|$)`, 'g'),
    ),
  ].map((match) => match[1]!)

/** Each fact, what writing it looks like, and the one file that does. */
const facts: [fact: string, table: string, writes: RegExp, file: string][] = [
  [
    'who talks to the lead',
    'leads',
    /\bcontrol(_until|_by|_reason|_source|_since)?\s*=/,
    'leads/set-control.ts',
  ],
  ['the opt-out', 'leads', /\bopted_out_(at|source)\s*=/, 'leads/stop-writing.ts'],
  ['the stage', 'leads', /\b(locked_stage|stage(_by|_since)?)\s*=/, 'leads/set-stage.ts'],
  ['what is known of their case', 'leads', /\bfacts\s*=/, 'qualification/learn-facts.ts'],
  ['what the card says of the request', 'leads', /\bcard\s*=/, 'leads/read-request.ts'],
  ['what a look-up found of them', 'leads', /\benriched\s*=/, 'enrichment/enrichment.ts'],
  ['the prompt of the experiment', 'leads', /\bvariant\s*=/, 'turns/variant-of.ts'],
  ['booked', 'calendar_events', /\bstatus\s*=\s*'booked'|\bbooked_at\s*=/, 'meetings/mark-booked.ts'],
]

for (const [fact, table, writes, file] of facts) {
  test(`one statement writes ${fact}`, () => {
    const writers = statements
      .filter(({ text }) => assignments(text, table).some((assigned) => writes.test(assigned)))
      .map((statement) => statement.file)
    assert.deepEqual(writers, [file])
  })
}

test('a lead is locked in one way: by one statement, or first in the statement that goes on with its turn', () => {
  const locking = statements
    .filter(({ text }) => /\bfrom leads\b[\s\S]*\bfor (no key )?update\b/.test(text))
    .map(({ file }) => file)
  assert.deepEqual(locking, ['leads/lead.ts', 'turns/dispatch-turns.ts', 'turns/engine/lock-turn.sql'])
})

test('what people read is no state: the audit log is read by nobody but its page and what forgets or erases it', () => {
  const readers = statements.filter(({ text }) => /\b(from|join) audit_log\b/.test(text))
  assert.deepEqual(
    [...new Set(readers.map(({ file }) => file))],
    ['console/list-audit.ts', 'erasure/holdings.ts', 'retention/forget-old.ts'],
  )
})
