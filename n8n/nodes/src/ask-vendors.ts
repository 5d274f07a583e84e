import { type ModelCall, type Vendor, vendorTimeoutMs } from '@lead/contract'
import { judgeError, judgeReply, readReply, textOf, tokensOf } from './judge-model.ts'

export type CallOptions = { signal: AbortSignal; maxRetries: 0 }

export type AskingVendors<Output extends object> = {
  /** The name of each vendor's model. */
  names: Record<Vendor, string>
  /** Whom to ask, the first one first. */
  ask: Vendor[]
  step: ModelCall['step']
  call: (vendor: Vendor, options: CallOptions) => Promise<unknown>
  /** Reads the answer. @throws when it is none */
  read: (text: string, given: unknown) => Output | Promise<Output>
  /** Hears of each call as soon as it has ended. */
  report: (call: ModelCall) => Promise<void>
  /** Ends the waiting. */
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

/** `ask`: whom to ask next in the same execution: who has just answered comes first. */
export type Answered<Output extends object = object> = {
  output: Output
  vendor: Vendor
  calls: ModelCall[]
  ask: Vendor[]
}

/** Nobody had an answer that can be used. Its message has what each said. */
export class NobodyAnswered extends Error {
  override name = 'NobodyAnswered'
  readonly calls: ModelCall[]
  constructor(calls: ModelCall[]) {
    super(
      calls
        .map(({ model, outcome, reason }) => `${model}: ${outcome}${reason ? ` (${reason})` : ''}`)
        .join('; '),
    )
    this.calls = calls
  }
}

/**
 * Asks one vendor after the other, each once, until an answer can be used: an error, a refusal, a cut, an empty or an unreadable
 * answer, and silence for a third of the turn's time, are all the same to the lead.
 * @throws NobodyAnswered
 */
export async function askVendors<Output extends object>(
  asking: AskingVendors<Output>,
): Promise<Answered<Output>> {
  const calls: ModelCall[] = []
  for (const vendor of asking.ask) {
    const { call, output } = await askOne(asking, vendor)
    calls.push(call)
    await asking.report(call)
    if (output) return { output, vendor, calls, ask: goodFirst(asking.ask, failedOf(calls)) }
    asking.signal?.throwIfAborted()
  }
  throw new NobodyAnswered(calls)
}

/** Who failed in the same execution is asked last. */
export const goodFirst = (ask: Vendor[], failed: Vendor[]): Vendor[] => [
  ...ask.filter((vendor) => !failed.includes(vendor)),
  ...ask.filter((vendor) => failed.includes(vendor)),
]

const failedOf = (calls: ModelCall[]): Vendor[] =>
  calls.filter(({ outcome }) => outcome !== 'ok').map(({ vendor }) => vendor)

async function askOne<Output extends object>(
  { names, step, call: ask, read, signal, timeoutMs = vendorTimeoutMs }: AskingVendors<Output>,
  vendor: Vendor,
): Promise<{ call: ModelCall; output: Output | null }> {
  const begun = performance.now()
  const timeout = AbortSignal.timeout(timeoutMs)
  const known = { step, vendor, model: names[vendor], tokens: null }
  const ms = () => Math.round(performance.now() - begun)
  try {
    const given = await ask(vendor, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      maxRetries: 0,
    })
    const reply = readReply(given)
    const call = { ...known, ms: ms(), tokens: tokensOf(reply) }
    const judged = judgeReply(reply)
    if (judged) return { call: { ...call, ...judged }, output: null }
    try {
      return { call: { ...call, outcome: 'ok', reason: null }, output: await read(textOf(reply), given) }
    } catch {
      const reason = 'the answer does not have the form that was asked for'
      return { call: { ...call, outcome: 'unreadable', reason }, output: null }
    }
  } catch (error) {
    const judged = timeout.aborted
      ? { outcome: 'timeout' as const, reason: `no answer in ${Math.round(timeoutMs / 1000)} s` }
      : judgeError(error)
    return { call: { ...known, ms: ms(), ...judged }, output: null }
  }
}
