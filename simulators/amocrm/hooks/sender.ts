import type { Fault, Faults } from '../../shared/faults.ts'
import type { Journal } from '../../shared/journal.ts'
import type { Delivery, HeldHook, Webhook, World } from '../world.ts'
import { clockNow } from '../clock.ts'
import { nextId } from '../next-id.ts'
import { encodeForm } from './form.ts'
import { joinTrees } from './join-trees.ts'

const answerTimeMs = 2000
const badWindowMs = 2 * 60 * 60 * 1000
const badAllowed = 100
const minute = 60_000
/** Waits before attempts 2, 3, 4 and 5. */
const waits = [5 * minute, 15 * minute, 15 * minute, 60 * minute]

type Hook = {
  event: string
  leadId?: number
  tree: Record<string, unknown>
  /** Goes to the digital pipeline's hooks of this stage instead of the subscriptions. */
  stage?: number
}
export type HookSender = {
  /** Sends to every destination that subscribed to the event; does not wait for the answers. */
  fire: (hook: Hook) => void
  /**
   * Sends what was held in the order given, each after the answer to the one before; `join` puts what goes to one
   * destination into one request. Resolves with how many were held.
   */
  release: (how: { order: 'sent' | 'reverse'; join: boolean }) => Promise<number>
  /** Takes up the deliveries that were under way when the state was saved. */
  resume: () => void
  /** Waits anew for what is under way, after the simulator's clock was moved. */
  reschedule: () => void
  /** Forgets what is under way. */
  clear: () => void
  close: () => Promise<void>
}

type Setup = { world: World; journal: Journal; faults: Faults; changed: () => void; retryScale: number }

/**
 * Delivers hooks with the service's rules: an answer within 2 s, codes 100 to 299 are good, then up to four retries;
 * a destination is disabled after more than 100 bad answers in two hours. `retryScale` multiplies the waits (1 = real).
 */
export function createHookSender({ world, journal, faults, changed, retryScale }: Setup): HookSender {
  const timers = new Map<number, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const closing = new AbortController()

  const schedule = (delivery: Delivery) => {
    const wait = Math.max(0, delivery.due - clockNow(world))
    const run = () => {
      timers.delete(delivery.id)
      const attempt = attemptDelivery(delivery).finally(() => running.delete(attempt))
      running.add(attempt)
    }
    timers.set(delivery.id, setTimeout(run, Math.min(wait, 2 ** 31 - 1)))
  }

  const remove = (delivery: Delivery) => {
    const index = world.deliveries.indexOf(delivery)
    if (index >= 0) world.deliveries.splice(index, 1)
  }

  const attemptDelivery = async (delivery: Delivery) => {
    const webhook = world.webhooks.find((one) => one.id === delivery.webhookId)
    if (!webhook || webhook.disabled) return remove(delivery)
    const status = await post(webhook.destination, delivery.body, closing.signal)
    if (closing.signal.aborted || !world.deliveries.includes(delivery)) return
    const { event, leadId, attempt } = delivery
    journal.add('hook', { event, leadId, destination: webhook.destination, status, attempt })
    const good = status >= 100 && status < 300
    if (!good) countBad(webhook, clockNow(world))
    const wait = good || webhook.disabled ? undefined : waitAfter(attempt, status, webhook)
    if (wait === undefined) remove(delivery)
    else {
      delivery.attempt += 1
      delivery.due = clockNow(world) + wait * retryScale
      schedule(delivery)
    }
    changed()
  }

  const addDelivery = (webhookId: number, hook: Hook, delayMs = 0): Delivery => {
    const { account, ...rest } = hook.tree
    const tree = world.hookStyle.accountBlock === 'first' ? { account, ...rest } : { ...rest, account }
    const delivery: Delivery = {
      id: nextId(world, 'delivery'),
      webhookId,
      event: hook.event,
      leadId: hook.leadId ?? null,
      body: encodeForm(tree),
      attempt: 1,
      due: clockNow(world) + delayMs,
    }
    world.deliveries.push(delivery)
    changed()
    return delivery
  }

  const send = (webhook: Webhook, hook: Hook, fault: Fault | undefined) => {
    if (!world.isHolding) return schedule(addDelivery(webhook.id, hook, fault?.delayMs))
    const { event, leadId = null, tree } = hook
    world.held.push({ webhookId: webhook.id, event, leadId, tree })
    changed()
  }

  const isSubscribed = ({ settings }: Webhook, event: string) =>
    settings.includes(event) ||
    (event.endsWith('_unsorted') &&
      world.traits.incomingHooks === 'add_lead' &&
      settings.includes('add_lead'))

  return {
    fire(hook) {
      const { event, leadId, stage } = hook
      for (const webhook of world.webhooks) {
        const wanted = stage === undefined ? isSubscribed(webhook, event) : webhook.statusIds?.includes(stage)
        if (webhook.disabled || !wanted) continue
        const { destination } = webhook
        const fault = faults.take({ kind: 'hook', event, leadId, destination })
        if (fault?.drop) {
          journal.add('hook', { event, leadId, destination, status: 0, attempt: 0, fault: 'drop' })
          continue
        }
        send(webhook, hook, fault)
        if (fault?.duplicate) send(webhook, hook, fault)
      }
    },
    async release({ order, join }) {
      const held = order === 'reverse' ? world.held.toReversed() : world.held
      world.held = []
      world.isHolding = false
      for (const { webhookId, hooks } of join ? groupByWebhook(held) : oneByOne(held)) {
        const [first] = hooks
        const leadId = first?.leadId ?? null
        const event = [...new Set(hooks.map((hook) => hook.event))].join('+')
        const tree = joinTrees(hooks.map((hook) => hook.tree))
        const hook = { event, tree, ...(leadId === null ? {} : { leadId }) }
        await attemptDelivery(addDelivery(webhookId, hook))
      }
      changed()
      return held.length
    },
    resume: () => world.deliveries.forEach(schedule),
    reschedule() {
      const waiting = world.deliveries.filter((delivery) => timers.has(delivery.id))
      for (const delivery of waiting) {
        clearTimeout(timers.get(delivery.id))
        schedule(delivery)
      }
    },
    clear() {
      timers.forEach(clearTimeout)
      timers.clear()
      world.deliveries.length = 0
      world.held.length = 0
    },
    async close() {
      timers.forEach(clearTimeout)
      closing.abort()
      await Promise.all(running)
    },
  }
}

/** The status of the answer; 499 when it did not come in time, 0 when there was no connection. */
async function post(destination: string, body: string, closing: AbortSignal): Promise<number> {
  const timeout = AbortSignal.timeout(answerTimeMs)
  try {
    const response = await fetch(destination, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-Webhooks/3.0' },
      body,
      signal: AbortSignal.any([timeout, closing]),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return timeout.aborted ? 499 : 0
  }
}

type Group = { webhookId: number; hooks: HeldHook[] }

const oneByOne = (held: HeldHook[]): Group[] =>
  held.map((hook) => ({ webhookId: hook.webhookId, hooks: [hook] }))

const groupByWebhook = (held: HeldHook[]): Group[] =>
  Array.from(
    Map.groupBy(held, (hook) => hook.webhookId),
    ([webhookId, hooks]) => ({ webhookId, hooks }),
  )

/**
 * Milliseconds until the next attempt, undefined when there is none. The last two come only after 499 and 5xx; a hook of
 * the digital pipeline is tried four times, all within an hour.
 */
function waitAfter(attempt: number, status: number, webhook: Webhook): number | undefined {
  if (webhook.statusIds) return attempt < 4 ? waits[attempt - 1] : undefined
  const serverFailed = status === 499 || (status >= 500 && status < 600)
  return attempt < 3 || serverFailed ? waits[attempt - 1] : undefined
}

function countBad(webhook: Webhook, now: number): void {
  webhook.bad = [...webhook.bad.filter((at) => at > now - badWindowMs), now]
  if (webhook.bad.length > badAllowed) webhook.disabled = true
}
