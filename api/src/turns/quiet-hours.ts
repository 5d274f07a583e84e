import { Temporal } from '@lead/scheduling'

/** Wall-clock times `HH:MM` in the lead's zone; `from` may be later than `to`: then it spans midnight. */
export type QuietHours = { from: string; to: string }

/** When the quiet hours that are now end, or null when it is not quiet. */
export function quietUntil(now: Date, timeZone: string, hours: QuietHours | null): Date | null {
  if (!hours) return null
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const clock = local.toPlainTime()
  const isAfter = (time: string) => Temporal.PlainTime.compare(clock, Temporal.PlainTime.from(time)) >= 0
  const spansMidnight = hours.from > hours.to
  const quiet = spansMidnight
    ? isAfter(hours.from) || !isAfter(hours.to)
    : isAfter(hours.from) && !isAfter(hours.to)
  if (!quiet) return null
  const endsTomorrow = spansMidnight && isAfter(hours.from)
  const day = endsTomorrow ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  const end = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(hours.to) })
  return new Date(end.epochMilliseconds)
}
