import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import type { TelegramMessage } from '../telegram/telegram-message.ts'

/** What a message holds beside its words, in square brackets, for the model and for people; empty for plain text. */
export function describeContent(
  { kind, media }: Pick<TelegramMessage, 'kind' | 'media'>,
  language: Language,
): string {
  if (kind === 'text') return ''
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
    other: '',
  }
  return `[${say[kind]}${more[kind]}]`
}
