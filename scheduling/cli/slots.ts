import { z } from 'zod'
import { instant } from '../src/instant.ts'
import { findSlots, whyNotFree } from '../src/index.ts'
import { slotInputSchema } from '../src/slots/slot-input.ts'
import { answerLines, parse, printAnswer } from './json-lines.ts'

const HELP = `slots: free times from working hours and busy blocks

  node scheduling/cli/slots.ts < cases.jsonl     one JSON object a line
  node scheduling/cli/slots.ts '{"now": ...}'    one object as an argument

An object is the input itself, or a case with it under "input":
  now, hostTz, durationMin                     needed
  workingHours [{days, start, end}], overrides [{date, ranges}], window [from, to]
  ranges [[from, to]]                          open time as instants, instead of working hours
  busy [{from, to, tz, bufferBefore, bufferAfter, id, own, team, status, transparency, holdUntil, seats, attendees}]
                                               instants, or dates and local times of the host (or of tz)
  stepMin, offsetMin, minNoticeMin, bufferBefore, bufferAfter, dense
  period {kind: rolling | bookable | fixed}, away [{from, to}], travel [{from, to, tz}]
  limits {perDay, perWeek, perMonth, perYear, minutesPerDay ...}, team, teamLimits, bookerLimit {active, max}
  hosts [{id, fixed, ... as above}], attend any | all, owner, skipContactOwner, commonSchedule
  excludeId, pendingBlocks

  wish {"point"} or {"from", "to"}             beside the rest: one time that somebody asks for

Answer: an array of starts, UTC; with a wish {"starts": those that meet it, "reason": why there is none, else null}. A bad line: {"error": "field: why"} in its place, "line 3: field: why" on stderr, and exit code 1 at the end.`

const wishSchema = z.union([
  z.object({ point: instant }).transform(({ point }) => ({ from: Date.parse(point), to: Date.parse(point) })),
  z
    .object({ from: instant, to: instant })
    .transform(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
])
const askedSchema = z.looseObject({ wish: wishSchema.optional() })

function answer(value: unknown): unknown {
  const isCase = typeof value === 'object' && value !== null && 'input' in value
  const asked = isCase ? value.input : value
  const input = slotInputSchema.parse(asked)
  const starts = findSlots(input)
  const { wish } = askedSchema.parse(asked)
  if (!wish) return starts
  const length = input.durationMin * 60_000
  const met = starts.filter((start) => {
    const at = Date.parse(start)
    return wish.from === wish.to ? at === wish.from : wish.from <= at && at + length <= wish.to
  })
  const hosts = input.hosts?.map((host) => ({ ...input, ...host, hosts: undefined })) ?? [input]
  return { starts: met, reason: met.length > 0 ? null : whyNotFree(wish, hosts) }
}

const argument = process.argv[2]
if (argument === '--help' || argument === '-h') console.log(HELP)
else if (argument === undefined) await answerLines(answer)
else process.exitCode = printAnswer(() => answer(parse(argument))) ? 0 : 1
