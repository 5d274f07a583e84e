import { type World, findAccount } from '../world/world.ts'
import { type Bot, type BotUpdate, isBot } from './bot.ts'
import { BotFailure } from './bot-failure.ts'
import { sendWebhook } from './send-webhook.ts'

/** Kinds that come only when they are asked for by name. */
const onlyOnRequest = ['chat_member', 'message_reaction', 'message_reaction_count']
const shortestRetryMs = 200
const longestRetryMs = 10_000

export type Poll = { offset: number; limit: number; timeoutSec: number }

export type BotUpdates = {
  /** Gives the update its id and puts it on its way, if the bot wants this kind. */
  queue: (bot: Bot, kind: string, payload: Record<string, unknown>, personId: number) => void
  /** What getUpdates answers; waits when there is nothing. @throws BotFailure 409 */
  poll: (bot: Bot, poll: Poll) => Promise<BotUpdate[]>
  /** Begins to deliver to the webhook, if there is one; called whenever that may have changed. */
  wake: (bot: Bot) => void
  close: () => void
}

/** The updates of all bots: kept until they are confirmed, by a poll or by the webhook's 2xx. */
export function createBotUpdates(world: World): BotUpdates {
  const polls = new Map<number, { look: () => void; refuse: () => void }>()
  const posting = new Set<number>()
  const closing = new AbortController()

  function queue(bot: Bot, kind: string, payload: Record<string, unknown>, personId: number): void {
    const wanted = bot.allowedUpdates?.length
      ? bot.allowedUpdates.includes(kind)
      : !onlyOnRequest.includes(kind)
    if (!wanted || bot.loggedOut) return
    const fault = world.faults.take({ kind: 'botUpdate', update: kind, botId: bot.id, personId })
    if (fault) world.journal.add('fault', { botId: bot.id, update: kind, personId, ...fault })
    if (fault?.drop) return
    const update = { update_id: bot.nextUpdateId++, [kind]: payload }
    const push = () => {
      bot.pending.push(update)
      if (fault?.duplicate) bot.pending.push(update)
      world.changed()
      polls.get(bot.id)?.look()
      wake(bot)
    }
    if (fault?.delayMs) setTimeout(push, fault.delayMs).unref()
    else push()
  }

  async function poll(bot: Bot, { offset, limit, timeoutSec }: Poll): Promise<BotUpdate[]> {
    if (bot.webhook) {
      const hint =
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
      throw new BotFailure(409, `Conflict: ${hint} first`)
    }
    polls.get(bot.id)?.refuse()
    if (offset < 0) bot.pending.splice(0, bot.pending.length + offset)
    else bot.pending = bot.pending.filter((update) => update.update_id >= offset)
    world.changed()
    if (bot.pending.length > 0 || timeoutSec === 0) return bot.pending.slice(0, limit)
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer)
        if (polls.get(bot.id) === waiting) polls.delete(bot.id)
        settle()
      }
      const timer = setTimeout(() => end(() => resolve([])), timeoutSec * 1000)
      const waiting = {
        look: () => end(() => resolve(bot.pending.slice(0, limit))),
        refuse: () =>
          end(() =>
            reject(
              new BotFailure(
                409,
                'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
              ),
            ),
          ),
      }
      polls.set(bot.id, waiting)
    })
  }

  function wake(bot: Bot): void {
    if (!bot.webhook || posting.has(bot.id)) return
    posting.add(bot.id)
    void post(bot.id).finally(() => posting.delete(bot.id))
  }

  /** One update after another, each again and again until it is taken. */
  async function post(botId: number): Promise<void> {
    let failures = 0
    for (;;) {
      const bot = findAccount(world, botId)
      const update = bot && isBot(bot) ? bot.pending[0] : undefined
      if (closing.signal.aborted || !bot || !isBot(bot) || !bot.webhook || !update) return
      const error = await sendWebhook(world, bot, update, closing.signal)
      if (error === null) {
        bot.pending = bot.pending.filter((one) => one !== update)
        failures = 0
        world.changed()
        continue
      }
      failures += 1
      if (bot.webhook)
        Object.assign(bot.webhook, { lastError: error, lastErrorAt: Math.floor(Date.now() / 1000) })
      const waitMs = Math.min(longestRetryMs, shortestRetryMs * 2 ** (failures - 1))
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
    }
  }

  return {
    queue,
    poll,
    wake,
    close: () => {
      closing.abort()
      for (const waiting of polls.values()) waiting.refuse()
    },
  }
}
