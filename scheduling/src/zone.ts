import { Temporal } from './temporal.ts'

/** Part of a zone's history with one UTC offset; all values are milliseconds. */
type Era = { from: number; to: number; offset: number }

const eras = new Map<string, Era[]>()

/** True for an IANA zone name (or alias) that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    return eraAt(name, 0) !== undefined
  } catch {
    return false
  }
}

/** UTC offset in ms at an instant. Throws RangeError for an unknown zone. */
export function offsetAt(tz: string, ms: number): number {
  return eraAt(tz, ms).offset
}

/** The wall clock of `tz` at an instant, written as if it were UTC (ms). */
export function wallAt(tz: string, ms: number): number {
  return ms + offsetAt(tz, ms)
}

/**
 * The instant at which the wall clock of `tz` shows `wall` (ms as if UTC). A time that happens twice means its first
 * pass. A time that is skipped means as much later (`shift`), or the moment the clock jumps (`jump`).
 */
export function instantOf(tz: string, wall: number, skipped: 'shift' | 'jump' = 'shift'): number {
  const before = offsetAt(tz, wall - 86_400_000)
  const after = offsetAt(tz, wall + 86_400_000)
  if (before === after) return wall - before
  const early = wall - before
  if (offsetAt(tz, early) === before) return early
  const late = wall - after
  if (offsetAt(tz, late) === after) return late
  return skipped === 'shift' ? early : eraAt(tz, early).from
}

// Zone lookups through Intl are slow; a zone changes its offset twice a year at most, so eras are remembered.
function eraAt(tz: string, ms: number): Era {
  let known = eras.get(tz)
  const hit = known?.find((era) => era.from <= ms && ms < era.to)
  if (hit) return hit
  const moment = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(tz)
  const era = {
    from: moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    to: moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: moment.offsetNanoseconds / 1e6,
  }
  if (!known) eras.set(tz, (known = []))
  known.push(era)
  return era
}
