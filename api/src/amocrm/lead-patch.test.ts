import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lead, Stage } from '../leads/lead.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import { targetStatus } from './lead-patch.ts'
import type { AccountMap, OurStage } from './status-map.ts'

const statuses = { contacted: 10, qualified: 20, booked: 30, lost: 143 } as const
/** A status of the account's own, after ours of the same stage. */
const own = 25
/** One that means no stage to us, after that. */
const foreign = 27
const map: AccountMap = {
  pipelines: new Map([
    [
      1,
      {
        id: 1,
        name: 'Sales',
        worked: true,
        statuses,
        stageOf: new Map<number, OurStage>([
          [10, 'contacted'],
          [20, 'qualified'],
          [own, 'qualified'],
          [30, 'booked'],
        ]),
        sortOf: new Map([10, 20, own, foreign, 30].map((id) => [id, id])),
        nameOf: new Map(),
      },
    ],
  ]),
  fields: {},
  lossReasons: {},
  incoming: new Set(),
  unreadable: [],
  missing: [],
}
const card = (stage: Stage, status_id: number, locked_stage: Stage | null) =>
  ({ stage, status_id, locked_stage, pipeline_id: 1 }) as Lead
const statusFor = (lead: Lead, stage: Stage) =>
  targetStatus(map, lead, { kind: 'lead', stage, fields: {} })?.statusId ?? null

test('a meeting that we made and the lead cancelled: the card comes back to where the human had put it, and no further', () => {
  // The human moved the card to "qualified"; we booked.
  const booked = card('booked', statuses.booked, 'qualified')
  assert.ok(mayEnter(booked, 'qualified'))
  assert.ok(!mayEnter(booked, 'contacted'))
  const cancelled = { ...booked, stage: 'qualified' } as Lead
  assert.equal(statusFor(cancelled, 'qualified'), statuses.qualified)
  assert.equal(statusFor(cancelled, 'contacted'), null)
})

test('where a human put the card it stays, until we bring it further', () => {
  const moved = card('qualified', own, 'qualified')
  assert.ok(!mayEnter(moved, 'qualified'))
  assert.equal(statusFor(moved, 'qualified'), null)
  assert.equal(statusFor(moved, 'booked'), statuses.booked)
  assert.equal(statusFor(moved, 'lost'), statuses.lost)
  assert.equal(statusFor(card('qualified', foreign, 'contacted'), 'qualified'), null)
  assert.equal(statusFor(card('booked', foreign, 'contacted'), 'booked'), statuses.booked)
  assert.equal(statusFor(card('booked', statuses.booked, 'booked'), 'qualified'), null)
  assert.equal(statusFor(card('booked', statuses.booked, null), 'qualified'), statuses.qualified)
})
