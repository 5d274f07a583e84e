import { gridStarts } from './grid.ts'
import { hostFree, openRange } from './host-free.ts'
import { isoDate, zoneOn } from './open-hours.ts'
import { firstBookableDays, periodRange } from './period.ts'
import { intersect, merge, type Range } from './ranges.ts'
import { slotInputSchema, type SlotHost, type SlotInput } from './slot-input.ts'
import { wallAt } from '../zone.ts'

const MINUTE = 60_000
const ALWAYS: Range = { from: -Infinity, to: Infinity }

/**
 * Starts of all free times, UTC `YYYY-MM-DDTHH:MM:SSZ`, in order. Throws ZodError for a bad input.
 *
 * Working hours are wall clock of the host's zone, on every day with that day's own offset. Busy blocks (widened by
 * buffers) are cut out, and in each free range that remains the grid starts anew on a round wall clock time.
 */
export function findSlots(input: SlotInput): string[] {
  const rules = slotInputSchema.parse(input)
  const hosts = (rules.hosts ?? [rules]).map((host): SlotHost => ({
    ...host,
    hostTz: host.hostTz ?? rules.hostTz,
  }))
  const earliest = Date.parse(rules.now) + rules.minNoticeMin * MINUTE
  const window = intersect([rules.window ? openRange(rules.window) : ALWAYS], [periodRange(rules)])[0]
  if (!window) return []

  const freeByHost = hosts.map((host) => hostFree(host, rules, window))
  const free = rules.attend === 'all' ? freeByHost.reduce(intersect) : merge(freeByHost.flat())
  const starts = free
    .map(({ from, to }) => ({ from: Math.max(from, earliest), to }))
    .filter(({ from, to }) => from < to)
    .flatMap((range) => gridStarts(range, rules, zoneAt(hosts[0]!, range.from)))
    // Joined free ranges of several hosts may hold a meeting that none of them can hold alone.
    .filter(
      (start) =>
        hosts.length === 1 ||
        rules.attend === 'all' ||
        freeByHost.some((ranges) => holds(ranges, start, rules.durationMin)),
    )
  return firstBookableDays(starts, rules).map(utc)
}

function holds(ranges: Range[], start: number, durationMin: number): boolean {
  return ranges.some(({ from, to }) => from <= start && start + durationMin * MINUTE <= to)
}

function zoneAt(host: SlotHost, instant: number): string {
  return zoneOn(host, isoDate(wallAt(host.hostTz, instant)))
}

function utc(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
