import { gridStarts } from './grid.ts'
import { anyTime, hostFree, sharedTime } from './host-free.ts'
import { DAY, dayOf, openRange, zoneOn } from './open-hours.ts'
import { firstBookableDays, periodRange } from './period.ts'
import { intersect, type Range } from './ranges.ts'
import { slotInputSchema, type SlotHost, type SlotInput, type SlotRules } from './slot-input.ts'

const MINUTE = 60_000
const OWNER_FIRST = 14 * 86_400_000
const ALWAYS: Range = { from: -Infinity, to: Infinity }

/**
 * Starts of all free times, UTC `YYYY-MM-DDTHH:MM:SSZ`, in order. Throws ZodError for a bad input.
 *
 * Working hours are wall clock of the host's zone, on every day with that day's own offset. Busy blocks (widened by
 * buffers) are cut out, and in each free range that remains the grid starts anew on a round wall clock time.
 */
export function findSlots(input: SlotInput): string[] {
  const rules = slotInputSchema.parse(input)
  if (rules.bookerLimit && rules.bookerLimit.active >= rules.bookerLimit.max) return []
  const hosts = hostsOf(rules)
  const owner = rules.skipContactOwner ? undefined : hosts.find(({ id }) => id && id === rules.owner)
  if (owner) {
    const needed = hosts.filter((host) => host === owner || host.fixed)
    const starts = startsOf(rules.attend === 'all' ? hosts : needed, rules, 'all')
    const first = starts[0]
    if (first !== undefined && first < Date.parse(rules.now) + OWNER_FIRST) return utcTexts(starts)
  }
  return utcTexts(startsOf(hosts, rules, rules.attend))
}

function hostsOf(rules: SlotRules): SlotHost[] {
  const { ranges, workingHours, overrides, travel, away } = rules
  const common = { ranges, workingHours, overrides, travel, away }
  if (!rules.hosts) return [{ ...common, busy: rules.busy, hostTz: rules.hostTz }]
  return rules.hosts.map((one) => {
    // What is busy beside `hosts` is busy for all of them.
    const host = { ...one, busy: [...one.busy, ...rules.busy] }
    const hasOwn = host.ranges !== undefined || host.workingHours !== undefined || host.overrides.length > 0
    const hostTz = host.hostTz ?? rules.hostTz
    // The event's hours are wall clock of the event's zone.
    if (rules.commonSchedule || !hasOwn) return { ...host, ...common, hostTz: rules.hostTz }
    return { ...host, workingHours: host.workingHours ?? [], hostTz }
  })
}

function startsOf(hosts: SlotHost[], rules: SlotRules, attend: 'any' | 'all'): number[] {
  const earliest = Date.parse(rules.now) + rules.minNoticeMin * MINUTE
  const window = intersect([rules.window ? openRange(rules.window) : ALWAYS], [periodRange(rules)])[0]
  if (!window) return []
  const all = hosts.map((host) => ({ ...hostFree(host, rules, window), fixed: host.fixed === true }))
  const needed = attend === 'all' ? all : all.filter(({ fixed }) => fixed)
  const oneOf = attend === 'all' ? [] : all.filter(({ fixed }) => !fixed)
  const free = [
    ...(needed.length > 0 ? [sharedTime(needed.map((host) => host.free))] : []),
    ...(oneOf.length > 0 ? [anyTime(oneOf.map((host) => host.free))] : []),
  ].reduce(intersect)
  const starts = free
    .map(({ from, to }) => ({ from: Math.max(from, earliest), to }))
    .filter(({ from, to }) => from < to)
    .flatMap((range) => gridStarts(range, rules, zoneAt(hosts[0]!, range.from)))
    // Joined free ranges of several hosts may hold a meeting that none of them can hold alone.
    .filter((start) => oneOf.length < 2 || oneOf.some((host) => holds(host.free, start, rules.durationMin)))
  const joinable =
    attend === 'all' && hosts.length > 1
      ? []
      : all.flatMap((host) => host.joinable).filter((at) => at >= earliest)
  const sorted = [...new Set([...starts, ...joinable])].sort((a, b) => a - b)
  return firstBookableDays(sorted, rules)
}

function holds(ranges: Range[], start: number, durationMin: number): boolean {
  return ranges.some(({ from, to }) => from <= start && start + durationMin * MINUTE <= to)
}

function zoneAt(host: SlotHost, instant: number): string {
  return zoneOn(host, dayOf(host, instant))
}

/** The date is written once for all times of a day: dates take most of the time that thousands of slots need. */
function utcTexts(sorted: number[]): string[] {
  let day = NaN
  let date = ''
  return sorted.map((ms) => {
    const today = Math.floor(ms / DAY)
    if (today !== day) [day, date] = [today, new Date(ms).toISOString().slice(0, 11)]
    const minute = (ms - today * DAY) / MINUTE
    if (!Number.isInteger(minute)) return new Date(ms).toISOString().replace('.000Z', 'Z')
    return `${date}${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00Z`
  })
}

const twoDigits = (count: number): string => (count < 10 ? `0${count}` : `${count}`)
