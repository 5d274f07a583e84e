/** The bot's own chats, as conversations name them. */
export const botAccount = 'bot'

/**
 * The account of a person whom a secretary bot serves, by its owner: connections come and go, the chats stay. Telegram shows a
 * secretary no phones of those who write.
 */
export const secretaryAccount = (userId: number) => `secretary:${userId}`
export const isSecretaryAccount = (accountId: string) => accountId.startsWith('secretary:')
