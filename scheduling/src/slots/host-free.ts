import { busyRange } from './busy-range.ts'
import { openHours } from './open-hours.ts'
import { intersect, merge, overlaps, subtract, type Range } from './ranges.ts'
import type { SlotHost, SlotRules } from './slot-input.ts'
import { usedUp } from './used-up.ts'

const MINUTE = 60_000
const NEVER_BUSY = ['cancelled', 'canceled', 'rejected', 'declined']

type Block = SlotHost['busy'][number]

/** Time of one host that can still be given away, and the starts of meetings of ours that can still be joined. */
export type HostFree = { free: Range[]; joinable: number[] }

/** What is open, not busy and not past a limit. */
export function hostFree(host: SlotHost, rules: SlotRules, window: Range): HostFree {
  const open = openHours(host, window)
  const busy = host.busy
    .filter((block) => blocks(block, rules))
    .map((block) => {
      const tz = block.tz ?? host.hostTz
      return { ...block, ...busyRange(block, tz) }
    })
  const walls = busy
    .filter(({ from, to }) => from < to)
    .map(({ from, to, bufferBefore = 0, bufferAfter = 0, ...block }) => ({
      from: from - (bufferBefore + rules.bufferAfter) * MINUTE,
      to: to + (bufferAfter + rules.bufferBefore) * MINUTE,
      block: { ...block, from, to },
    }))
  const full = [
    ...limited(rules.limits, busy.filter(isOwn)),
    ...limited(
      rules.team === undefined ? undefined : rules.teamLimits,
      busy.filter(({ team }) => team === rules.team),
    ),
  ]
  const joinable = walls
    .filter(({ block }) => block.seats !== undefined && block.attendees < block.seats)
    .filter(({ block: { from, to } }) => to - from === rules.durationMin * MINUTE)
    .filter((wall) => {
      const others = walls.filter((other) => other !== wall)
      return subtract([wall.block], open).length === 0 && !others.some((other) => overlaps(other, wall.block))
    })
    .map(({ block }) => block.from)
  return { free: subtract(open, [...walls, ...full]), joinable }

  function limited(limits: SlotRules['limits'], meetings: Range[]): Range[] {
    return limits ? usedUp(meetings, limits, rules.durationMin, host.hostTz) : []
  }
}

const isOwn = ({ own }: { own?: boolean }): boolean => own === true

function blocks({ id, holdUntil, status, transparency }: Block, rules: SlotRules): boolean {
  if (id !== undefined && id === rules.excludeId) return false
  if (transparency === 'transparent') return false
  if (status !== undefined && NEVER_BUSY.includes(status.toLowerCase())) return false
  if (status?.toLowerCase() === 'pending' && !rules.pendingBlocks) return false
  return holdUntil === undefined || Date.parse(holdUntil) > Date.parse(rules.now)
}

/** Time that every one of the hosts has. */
export function sharedTime(all: Range[][]): Range[] {
  return all.reduce(intersect)
}

/** Time that at least one of the hosts has. */
export function anyTime(all: Range[][]): Range[] {
  return merge(all.flat())
}
