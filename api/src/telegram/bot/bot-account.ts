/** The bot's own chats, as conversations name them. */
export const botAccount = 'bot'

/**
 * The account of a person whom a secretary bot serves, by its owner: connections come and go, the chats stay. Telegram shows a
 * secretary no phones of those who write.
 */
export const secretaryAccount = (userId: number) => `secretary:${userId}`

/** The owner's id out of such a name; null when it is another kind of account. */
export function ownerOf(accountId: string | null): number | null {
  const found = /^secretary:(\d+)$/.exec(accountId ?? '')
  return found ? Number(found[1]) : null
}
