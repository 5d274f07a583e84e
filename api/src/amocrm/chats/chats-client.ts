export type ChatsSettings = { channelId: string; secret: string; botId: string | null; url: string }
