import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Language } from '../leads/lead.ts'
import type { TelegramMessage } from '../telegram/telegram-message.ts'

/**
 * How each kind of message is heard. `answered`: the assistant answers it, at once or when it was listened to; each stands in the
 * conversation in any case. `people`: what a human gets beside that. A reaction goes its own way (record-reaction.ts).
 */
export const signals = {
  text: { answered: 'now', people: null },
  voice: { answered: 'when heard', people: null },
  round: { answered: 'when heard', people: null },
  video: { answered: 'now', people: 'file' },
  audio: { answered: 'now', people: 'file' },
  photo: { answered: 'now', people: 'file' },
  file: { answered: 'now', people: 'file' },
  sticker: { answered: 'now', people: null },
  contact: { answered: 'now', people: 'task' },
  location: { answered: 'now', people: 'note' },
  live_location: { answered: 'now', people: 'task' },
  call: { answered: 'now', people: 'task' },
  view_once: { answered: 'now', people: 'task' },
  other: { answered: 'now', people: 'task' },
  reaction: { answered: 'now', people: null },
} as const satisfies Record<
  TelegramMessage['kind'],
  { answered: 'now' | 'when heard'; people: 'file' | 'note' | 'task' | null }
>

/** A call that was taken is a talk between people, and nothing is left to do. */
export const isTakenCall = ({ kind, media }: Pick<TelegramMessage, 'kind' | 'media'>): boolean =>
  kind === 'call' && (media?.durationSec ?? 0) > 0

/** Tells people of what they should look at or do themselves, once per message. Files are told of where they are fetched. */
export async function tellOfSignal(
  tx: PoolClient,
  { leadId, messageId, language }: { leadId: number; messageId: number; language: Language },
  message: TelegramMessage,
  content: string,
): Promise<void> {
  const to = { leadId, turnId: null, channel: 'amocrm', key: `message:${messageId}:signal` } as const
  const { kind } = message
  if (kind === 'location')
    await enqueue(tx, { ...to, payload: { kind: 'note', text: `Telegram: ${content}` } })
  const say = texts[language].task.signal
  if (
    kind === 'contact' ||
    kind === 'live_location' ||
    kind === 'call' ||
    kind === 'view_once' ||
    kind === 'other'
  )
    await enqueue(tx, { ...to, payload: { kind: 'task', text: say[kind](content), dueInMin: 60 } })
}
