const prefix = 'https://www.googleapis.com/auth/'
/** What we do with a calendar; the last one only for `npm run google -- calendars`. */
export const scopes = ['calendar.events', 'calendar.freebusy', 'calendar.calendarlist.readonly'].map(
  (name) => prefix + name,
)

/** Which scopes that we need a consent does not have; `calendar` has them all. The list of calendars is not needed. */
export function lackingScopes(granted: string | undefined): string[] {
  const has = new Set((granted ?? '').split(' '))
  if (granted === undefined || has.has(`${prefix}calendar`)) return []
  const busy = ['calendar.freebusy', 'calendar.events.freebusy', 'calendar.readonly']
  return [
    ...(has.has(`${prefix}calendar.events`) ? [] : ['calendar.events']),
    ...(busy.some((name) => has.has(prefix + name)) ? [] : ['calendar.freebusy']),
  ]
}
