import type { Person } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { Bot } from './bot.ts'
import type { BotUpdates } from './bot-updates.ts'
import { wireChat, wirePerson } from './wire-message.ts'

/** A person blocks or unblocks a bot; it is told so. Without a change nothing happens. */
export function setBlocked(
  world: World,
  updates: BotUpdates,
  bot: Bot,
  person: Person,
  blocked: boolean,
): void {
  if (bot.blockedBy.includes(person.id) === blocked) return
  bot.blockedBy = blocked
    ? [...bot.blockedBy, person.id]
    : bot.blockedBy.filter((personId) => personId !== person.id)
  world.changed()
  world.journal.add('block', { personId: person.id, accountId: bot.id, blocked })
  const member = (status: string) => ({
    user: { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username },
    status,
    ...(status === 'kicked' ? { until_date: 0 } : {}),
  })
  const change = {
    chat: wireChat(person),
    from: wirePerson(person),
    date: Math.floor(Date.now() / 1000),
    old_chat_member: member(blocked ? 'member' : 'kicked'),
    new_chat_member: member(blocked ? 'kicked' : 'member'),
  }
  updates.queue(bot, 'my_chat_member', change, person.id)
}
