/** The bot's own chats, as conversations name them. */
export const botAccount = 'bot'
