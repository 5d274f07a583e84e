import type { Entry } from '../journals.ts'
import type { Observed } from './invariant.ts'
import type { Line } from './story.ts'

/** How long after Telegram brought a message it may take to have its effect. */
export const graceMs = 3000

const asksForMissed = new Set(['updates.getDifference', 'messages.getHistory'])

/**
 * When our account could hear this line at the latest: at once while it is connected and nothing was done to the update, else
 * when it next asked Telegram for what it missed. Infinity: never in this run.
 */
export function heardAt({ journals, outages }: Observed, personId: number, line: Line): number {
  const { telegram } = journals
  const place = telegram.findIndex((entry) => entry.n === line.n)
  const before = telegram.slice(0, place)
  const after = telegram.slice(place + 1)
  const away = outages.filter(
    ({ part, from, to }) =>
      !part.startsWith('n8n') && part !== 'redis' && from < line.at + 1000 && to > line.at - 1000,
  )
  const cut = before.findLast((entry) => isCut(entry) || isCatchUp(entry))
  const disturbed =
    away.length > 0 ||
    (cut !== undefined && isCut(cut)) ||
    after.some(
      (entry) => Date.parse(entry.at) < line.at + 500 && (isCut(entry) || isFaultOn(entry, personId)),
    )
  if (!disturbed) return line.at
  const backAt = Math.max(line.at, ...away.map(({ to }) => to))
  const asked = after.find((entry) => isCatchUp(entry) && Date.parse(entry.at) > backAt)
  return asked ? Date.parse(asked.at) : Number.POSITIVE_INFINITY
}

const isCut = (entry: Entry) => entry.kind === 'connection' && entry['what'] === 'close'
const isCatchUp = (entry: Entry) =>
  entry.kind === 'rpc' && entry['ok'] === true && asksForMissed.has(String(entry['method']))
const isFaultOn = (entry: Entry, personId: number) => entry.kind === 'fault' && entry['personId'] === personId
