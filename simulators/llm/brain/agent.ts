import { z } from 'zod'
import { chooseMove } from '../assistant/choose-move.ts'
import type { ModelRequest } from './model-request.ts'
import { type Turn, turnSchema } from './turn.ts'

const findTimes = 'Find_free_times'
const lookUp = 'Look_up_knowledge'
const propose = 'Propose_a_decision'

/** What an agent does next: calls a tool, proposes what it makes of `turn`, or has nothing left to do. */
export type AgentStep =
  | { does: 'call'; tool: string; input: Record<string, unknown> }
  | { does: 'propose'; tool: string; turn: Turn }
  | { does: 'end' }

/** Of a request that offers the tools of lead-processing-agent; undefined: it is no agent's. */
export function agentStep({ tools, toolResults }: ModelRequest, turn: Turn): AgentStep | undefined {
  if (!tools.some(({ name }) => name === propose)) return undefined
  const has = (wanted: string) => tools.some(({ name }) => name === wanted)
  const last = (wanted: string) => toolResults.findLast(({ tool }) => tool === wanted)?.result
  const proposed = outcomeSchema.safeParse(last(propose)).data?.outcome
  if (proposed === 'accepted' || proposed === 'superseded') return { does: 'end' }
  // What was refused is worded anew once or twice by a model; rules have nothing else to say, and the API knows words of its own.
  const times = last(findTimes)
  const known = last(lookUp)
  const said = turn.newMessages.map(({ text }) => text).join('\n')
  if (has(findTimes) && times === undefined && wantsTimes(turn))
    return { does: 'call', tool: findTimes, input: { said: '' } }
  if (has(lookUp) && known === undefined && turn.classification?.intent === 'question' && said)
    return { does: 'call', tool: lookUp, input: { question: said } }
  const found = turnSchema.partial().safeParse({ ...turn, ...objectOf(times), ...objectOf(known) }).data
  return { does: 'propose', tool: propose, turn: { ...turn, ...found } }
}

const outcomeSchema = z.looseObject({ outcome: z.string() })
const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

/** Whether the message would be another one if there were times to offer. */
function wantsTimes(turn: Turn): boolean {
  const some = { ...turn, offers: [{ id: 'any', label: '' }] }
  const intent = turn.classification?.intent ?? ''
  return (
    chooseMove(some).action === 'offer_times' ||
    ['picks_time', 'wants_meeting', 'counter_offer', 'reschedule'].includes(intent)
  )
}
