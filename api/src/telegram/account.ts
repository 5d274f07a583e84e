/** The one Telegram account of this install. Several accounts will each have an id of their own. */
export const accountId = 'main'
