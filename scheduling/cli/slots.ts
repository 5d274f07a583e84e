import { findSlots } from '../src/index.ts'
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

Answer: an array of starts, UTC. A bad line: {"error": "field: why"} in its place, "line 3: field: why" on stderr, and exit code 1 at the end.`

function answer(value: unknown): string[] {
  const isCase = typeof value === 'object' && value !== null && 'input' in value
  return findSlots(slotInputSchema.parse(isCase ? value.input : value))
}

const argument = process.argv[2]
if (argument === '--help' || argument === '-h') console.log(HELP)
else if (argument === undefined) await answerLines(answer)
else process.exitCode = printAnswer(() => answer(parse(argument))) ? 0 : 1
