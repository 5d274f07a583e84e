export type SimulatorName = 'amocrm' | 'telegram' | 'google' | 'llm'

/** A fault for the simulator's `/_sim/faults`, or one call of its control API. */
type TrafficFault = { at: SimulatorName } & (
  | { rule: { match: object; fault: object; times?: number } }
  | { call: string }
)

const send = { method: 'messages.sendMessage' }
const update = { kind: 'update', update: 'updateNewMessage' }
const crm = { path: '/api/v4/*' }
const calendar = { path: '/calendar/v3/*' }

export const trafficFaults = {
  'amocrm hook dropped': {
    at: 'amocrm',
    rule: { match: { kind: 'hook', event: 'add_lead' }, fault: { drop: true } },
  },
  'amocrm hook doubled': { at: 'amocrm', rule: { match: { kind: 'hook' }, fault: { duplicate: true } } },
  'amocrm hook delayed': { at: 'amocrm', rule: { match: { kind: 'hook' }, fault: { delayMs: 6000 } } },
  'amocrm 429': { at: 'amocrm', rule: { match: crm, fault: { status: 429 }, times: 3 } },
  'amocrm 500': { at: 'amocrm', rule: { match: crm, fault: { status: 500 }, times: 2 } },
  'amocrm cut after a POST': {
    at: 'amocrm',
    rule: { match: { ...crm, method: 'POST' }, fault: { close: true } },
  },
  'amocrm cut after a PATCH': {
    at: 'amocrm',
    rule: { match: { ...crm, method: 'PATCH' }, fault: { close: true } },
  },
  'telegram send lost': { at: 'telegram', rule: { match: send, fault: { drop: true } } },
  'telegram cut after a send': { at: 'telegram', rule: { match: send, fault: { close: true } } },
  'telegram answer doubled': { at: 'telegram', rule: { match: send, fault: { duplicate: true } } },
  'telegram flood wait': { at: 'telegram', rule: { match: send, fault: { error: 'FLOOD_WAIT_2' } } },
  'telegram update dropped': { at: 'telegram', rule: { match: update, fault: { drop: true } } },
  'telegram update doubled': { at: 'telegram', rule: { match: update, fault: { duplicate: true } } },
  'telegram cut at an update': { at: 'telegram', rule: { match: update, fault: { close: true } } },
  'telegram disconnected': { at: 'telegram', call: '/_sim/disconnect' },
  'google 500': { at: 'google', rule: { match: calendar, fault: { status: 500 }, times: 2 } },
  'google 429': { at: 'google', rule: { match: calendar, fault: { status: 429 } } },
  'google 403': { at: 'google', rule: { match: calendar, fault: { status: 403 } } },
  'google cut after an insert': {
    at: 'google',
    rule: { match: { method: 'POST', path: '/calendar/v3/calendars/*/events' }, fault: { close: true } },
  },
  'google cut after a change': {
    at: 'google',
    rule: { match: { ...calendar, method: 'PATCH' }, fault: { close: true } },
  },
  'google token expired': { at: 'google', call: '/_sim/tokens/expire' },
  'llm 500': { at: 'llm', rule: { match: { path: '/v1/*' }, fault: { status: 500 }, times: 2 } },
  'llm slow': { at: 'llm', rule: { match: { path: '/v1/*' }, fault: { delayMs: 7000 } } },
  'llm cut': { at: 'llm', rule: { match: { path: '/v1/*' }, fault: { drop: true } } },
} satisfies Record<string, TrafficFault>

export type TrafficFaultName = keyof typeof trafficFaults

/** Has the simulator do it, now or at the next occasion. */
export async function causeFault(name: TrafficFaultName, urls: Record<SimulatorName, string>): Promise<void> {
  const fault: TrafficFault = trafficFaults[name]
  const url = urls[fault.at] + ('call' in fault ? fault.call : '/_sim/faults')
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify('rule' in fault ? fault.rule : {}),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}

/** Takes back what has not happened yet. */
export async function clearFaults(urls: Record<SimulatorName, string>): Promise<void> {
  const names: SimulatorName[] = ['amocrm', 'telegram', 'google', 'llm']
  await Promise.all(names.map((name) => fetch(`${urls[name]}/_sim/faults`, { method: 'DELETE' })))
}
