import { createHash } from 'node:crypto'
import { type Attributes, type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { EndedTurn } from './ended-turns.ts'

const scope = { name: 'lead-processing-system' }

/** An id made of what it names: an export that is repeated names the same spans. */
const idOf = (name: string, bytes: number) =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .slice(0, bytes * 2)

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)]

type Given = {
  name: string
  from: number
  to: number
  kind?: SpanKind
  attributes: Attributes
  error?: string | null
}

/**
 * A turn as spans of OpenTelemetry: the turn, what it waited and thought, each call of a model by the conventions for generative AI, each
 * effect. Names, numbers and ids only.
 */
export function turnSpans(turn: EndedTurn, serviceName: string): ReadableSpan[] {
  const resource = resourceFromAttributes({ 'service.name': serviceName })
  const traceId = idOf(`turn:${turn.id}`, 16)
  const root = idOf(`turn:${turn.id}:root`, 8)
  const span = (
    { name, from, to, kind = SpanKind.INTERNAL, attributes, error }: Given,
    key: string,
  ): ReadableSpan => {
    const end = Math.max(from, to)
    const isRoot = key === 'root'
    return {
      name,
      kind,
      spanContext: () => ({
        traceId,
        spanId: isRoot ? root : idOf(`turn:${turn.id}:${key}`, 8),
        traceFlags: TraceFlags.SAMPLED,
      }),
      ...(isRoot ? {} : { parentSpanContext: { traceId, spanId: root, traceFlags: TraceFlags.SAMPLED } }),
      startTime: hrTime(from),
      endTime: hrTime(end),
      duration: hrTime(end - from),
      status: error ? { code: SpanStatusCode.ERROR, message: error } : { code: SpanStatusCode.UNSET },
      attributes,
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationScope: scope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    }
  }
  const begun = turn.first_event_at.getTime()
  const due = Math.max(begun, turn.run_at.getTime())
  const decided = turn.decided_at.getTime()
  return [
    span(
      {
        name: `turn ${turn.kind}`,
        from: begun,
        to: turn.finished_at.getTime(),
        kind: SpanKind.CONSUMER,
        attributes: drop({
          'lead.id': turn.lead_id,
          'turn.id': turn.id,
          'turn.kind': turn.kind,
          'turn.state': turn.state,
          'turn.attempts': turn.attempts,
          'turn.action': turn.action,
          'turn.intent': turn.intent,
          'turn.refusals': turn.refusals,
          'n8n.execution.id': turn.execution_id,
        }),
        error: turn.state === 'failed' ? 'the turn failed' : null,
      },
      'root',
    ),
    span({ name: 'wait', from: begun, to: Math.min(due, decided), attributes: {} }, 'wait'),
    span({ name: 'think', from: Math.min(due, decided), to: decided, attributes: {} }, 'think'),
    ...turn.calls.map((call, index) =>
      span(
        {
          name: `chat ${call.model}`,
          from: Date.parse(call.at) - call.ms,
          to: Date.parse(call.at),
          kind: SpanKind.CLIENT,
          attributes: drop({
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': call.vendor,
            'gen_ai.request.model': call.model,
            'gen_ai.usage.input_tokens': call.input,
            'gen_ai.usage.output_tokens': call.output,
            'gen_ai.usage.cache_read.input_tokens': call.cached,
            'turn.step': call.step,
            'turn.call.outcome': call.outcome,
            'turn.call.usd': call.usd,
          }),
          error: call.outcome === 'ok' ? null : call.outcome,
        },
        `call:${index}`,
      ),
    ),
    ...turn.effects.map(({ channel, kind, state, from, to }, index) =>
      span(
        {
          name: `${channel} ${kind}`,
          from: Date.parse(from),
          to: Date.parse(to ?? from),
          kind: SpanKind.PRODUCER,
          attributes: { 'outbox.channel': channel, 'outbox.kind': kind, 'outbox.state': state },
          error: state === 'dead' ? 'a dead letter' : null,
        },
        `effect:${index}`,
      ),
    ),
  ]
}

const drop = (attributes: Record<string, string | number | null>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
