import type { World } from '../world/world.ts'
import type { Bot, BotUpdate } from './bot.ts'

const answerWithinMs = 20_000

/** Posts one update to the bot's webhook. @returns null when it was taken, else what getWebhookInfo says about it */
export async function sendWebhook(
  world: World,
  bot: Bot,
  update: BotUpdate,
  signal: AbortSignal,
): Promise<string | null> {
  const kind = Object.keys(update).find((key) => key !== 'update_id')
  const { url, secretToken } = bot.webhook!
  const fault = world.faults.take({ kind: 'webhook', update: kind, botId: bot.id })
  if (fault) world.journal.add('fault', { botId: bot.id, webhook: kind, ...fault })
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref())
  if (fault?.drop) return 'Connection timed out'
  const post = async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secretToken ? { 'x-telegram-bot-api-secret-token': secretToken } : {}),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
      redirect: 'manual',
    })
    await answer.arrayBuffer()
    world.journal.add('hook', {
      botId: bot.id,
      updateId: update.update_id,
      update: kind,
      status: answer.status,
    })
    return answer.ok ? null : `Wrong response from the webhook: ${answer.status} ${answer.statusText}`
  }
  try {
    const error = await post()
    return fault?.duplicate ? await post() : error
  } catch {
    return 'Connection refused'
  }
}
