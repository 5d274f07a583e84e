import { Long, type tl } from '@mtcute/node'
import type { Account } from './account.ts'
import { firstCenter } from './centers.ts'
import type { Media, Message } from './state.ts'

export const unixTime = (iso: string) => Math.floor(Date.parse(iso) / 1000)

export function toTlMessage(
  account: Account,
  personId: number,
  message: Message,
): tl.RawMessage | tl.RawMessageService {
  const out = message.from === 'seller'
  const base = {
    id: message.id,
    out,
    fromId: { _: 'peerUser', userId: out ? account.id : personId },
    peerId: { _: 'peerUser', userId: personId },
    date: unixTime(message.at),
  } as const
  if (message.callSec !== undefined)
    return { ...base, _: 'messageService', action: toTlCall(message.callSec) }
  return {
    ...base,
    _: 'message',
    offline: message.automatic === 'offline',
    fromScheduled: message.automatic === 'scheduled',
    groupedId: message.albumId === undefined ? undefined : Long.fromString(message.albumId),
    fwdFrom: message.forwarded
      ? { _: 'messageFwdHeader', fromName: 'Somebody Else', date: base.date }
      : undefined,
    editDate: message.editedAt ? unixTime(message.editedAt) : undefined,
    message: message.text,
    replyTo: message.replyTo ? { _: 'messageReplyHeader', replyToMsgId: message.replyTo } : undefined,
    media: message.media && toTlMedia(message.media, unixTime(message.at)),
  }
}

const toTlCall = (seconds: number): tl.RawMessageActionPhoneCall => ({
  _: 'messageActionPhoneCall',
  callId: Long.ONE,
  ...(seconds > 0
    ? { duration: seconds, reason: { _: 'phoneCallDiscardReasonHangup' } }
    : { reason: { _: 'phoneCallDiscardReasonMissed' } }),
})

const place: tl.RawGeoPoint = { _: 'geoPoint', lat: 55.75, long: 37.62, accessHash: Long.ZERO }

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
  if (media.kind === 'location') return { _: 'messageMediaGeo', geo: place }
  if (media.kind === 'live_location') return { _: 'messageMediaGeoLive', geo: place, period: 900 }
  const file = {
    id: Long.fromString(media.fileId),
    accessHash: Long.ONE,
    fileReference: new Uint8Array([1]),
    date,
    dcId: media.dcId ?? firstCenter,
  }
  if (media.kind === 'photo') {
    const size: tl.TypePhotoSize = { _: 'photoSize', type: 'x', w: 800, h: 600, size: media.size }
    return {
      _: 'messageMediaPhoto',
      photo: { _: 'photo', ...file, sizes: [size] },
      ttlSeconds: media.viewOnce ? 0x7fffffff : undefined,
    }
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
