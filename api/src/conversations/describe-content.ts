import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import type { TelegramMessage } from '../telegram/telegram-message.ts'

/** What a message holds beside its words, in square brackets, for the model and for people; empty for plain text. */
export function describeContent(
  { kind, media }: Pick<TelegramMessage, 'kind' | 'media'>,
  language: Language,
): string {
  if (kind === 'text' || kind === 'reaction') return ''
  const say = texts[language].content
  const seconds = media?.durationSec === undefined ? '' : `, ${Math.round(media.durationSec)} ${say.seconds}`
  const name = media?.name ? `: ${media.name}` : ''
  const more = {
    voice: seconds,
    round: seconds,
    video: `${seconds}${name}`,
    audio: `${seconds}${name}`,
    photo: '',
    file: name,
    sticker: ` ${media?.emoji ?? ''}`,
    contact: `${name}, ${media?.phone ?? ''}`,
    location: '',
    live_location: '',
    call: media?.durationSec ? seconds : ` ${say.missed}`,
    view_once: '',
    other: '',
  }
  return `[${say[kind]}${more[kind]}]`
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
