import { Long, type tl } from '@mtcute/node'
import type { Account } from './account.ts'
import type { Media, Message } from './state.ts'

export const unixTime = (iso: string) => Math.floor(Date.parse(iso) / 1000)

export function toTlMessage(account: Account, personId: number, message: Message): tl.RawMessage {
  const out = message.from === 'seller'
  return {
    _: 'message',
    id: message.id,
    out,
    fromId: { _: 'peerUser', userId: out ? account.id : personId },
    peerId: { _: 'peerUser', userId: personId },
    date: unixTime(message.at),
    editDate: message.editedAt ? unixTime(message.editedAt) : undefined,
    message: message.text,
    replyTo: message.replyTo ? { _: 'messageReplyHeader', replyToMsgId: message.replyTo } : undefined,
    media: message.media && toTlMedia(message.media, unixTime(message.at)),
  }
}

function toTlMedia(media: Media, date: number): tl.TypeMessageMedia {
  if (media.kind === 'contact')
    return {
      _: 'messageMediaContact',
      phoneNumber: '79160000000',
      firstName: 'Boris',
      lastName: 'Contact',
      vcard: '',
      userId: 0,
    }
  const file = {
    id: Long.fromString(media.fileId),
    accessHash: Long.ONE,
    fileReference: new Uint8Array([1]),
    date,
    dcId: 2,
  }
  if (media.kind === 'photo') {
    const size: tl.TypePhotoSize = { _: 'photoSize', type: 'x', w: 800, h: 600, size: media.size }
    return { _: 'messageMediaPhoto', photo: { _: 'photo', ...file, sizes: [size] } }
  }
  const attributes: tl.TypeDocumentAttribute[] = []
  if (media.kind === 'voice') attributes.push({ _: 'documentAttributeAudio', voice: true, duration: 3 })
  if (media.kind === 'round')
    attributes.push({ _: 'documentAttributeVideo', roundMessage: true, duration: 4, w: 384, h: 384 })
  if (media.kind === 'sticker')
    attributes.push(
      { _: 'documentAttributeImageSize', w: 512, h: 512 },
      { _: 'documentAttributeSticker', alt: '👍', stickerset: { _: 'inputStickerSetEmpty' } },
    )
  if (media.fileName) attributes.push({ _: 'documentAttributeFilename', fileName: media.fileName })
  return {
    _: 'messageMediaDocument',
    voice: media.kind === 'voice',
    round: media.kind === 'round',
    document: { _: 'document', ...file, mimeType: media.mimeType, size: media.size, attributes },
  }
}
