import type { Language } from '../leads/lead.ts'
import type { TelegramMessage } from '../telegram/telegram-message.ts'

/** What a message holds beside its words, in square brackets, for the model and for people; empty for plain text. */
export function describeContent(
  { kind, media }: Pick<TelegramMessage, 'kind' | 'media'>,
  language: Language,
): string {
  const ru = language === 'ru'
  const seconds =
    media?.durationSec === undefined ? '' : `, ${Math.round(media.durationSec)} ${ru ? 'с' : 's'}`
  const name = media?.name ? `: ${media.name}` : ''
  switch (kind) {
    case 'text':
    case 'reaction':
      return ''
    case 'voice':
      return ru ? `[голосовое сообщение${seconds}]` : `[voice message${seconds}]`
    case 'round':
      return ru ? `[видеосообщение${seconds}]` : `[video message${seconds}]`
    case 'video':
      return ru ? `[видео${seconds}${name}]` : `[video${seconds}${name}]`
    case 'audio':
      return ru ? `[аудио${seconds}${name}]` : `[audio${seconds}${name}]`
    case 'photo':
      return ru ? '[фото]' : '[photo]'
    case 'file':
      return ru ? `[файл${name}]` : `[file${name}]`
    case 'sticker':
      return ru ? `[стикер ${media?.emoji ?? ''}]` : `[sticker ${media?.emoji ?? ''}]`
    case 'contact':
      return ru ? `[контакт${name}, ${media?.phone ?? ''}]` : `[contact${name}, ${media?.phone ?? ''}]`
    case 'location':
      return ru ? '[геопозиция]' : '[location]'
    case 'other':
      return ru ? '[сообщение без текста]' : '[a message without text]'
  }
}

/** What was written with a photo, a file or a voice message is text like any other: a stored message without what describes it, and without its transcript. */
export function captionOf(
  { text, kind }: { text: string; kind: TelegramMessage['kind'] },
  transcript: string | null = null,
): string {
  const words = describedPart(text, kind) === null ? text : text.replace(lastBrackets, '')
  return (transcript !== null && words.startsWith(transcript) ? words.slice(transcript.length) : words).trim()
}

/** The line in brackets that `describeContent` added; null without one. */
export const describedPart = (text: string, kind: TelegramMessage['kind']): string | null =>
  kind === 'text' || kind === 'reaction' ? null : (lastBrackets.exec(text)?.[0].trim() ?? null)

const lastBrackets = /(?:^|\n)\[[^\n]*\]$/u
