import { randomBytes } from 'node:crypto'
import type { Long, tl } from '@mtcute/node'
import { longFrom } from '../mtproto/tl.ts'
import type { Media } from '../world/state.ts'
import { firstCenter } from '../world/centers.ts'
import { mediaOf, type World } from '../world/world.ts'
import { type Handlers, accountOf } from './call.ts'
import { RpcFailure } from './errors.ts'

/** File contents live in memory only: after a restart a file is known, but cannot be downloaded. */
export const fileMethods: Handlers = {
  'upload.saveFilePart'(call, { fileId, filePart, bytes }) {
    accountOf(call)
    return savePart(call.world, fileId, filePart, bytes)
  },

  'upload.saveBigFilePart'(call, { fileId, filePart, bytes }) {
    accountOf(call)
    return savePart(call.world, fileId, filePart, bytes)
  },

  'upload.getFile'(call, { location, offset, limit }) {
    accountOf(call)
    if (location._ !== 'inputDocumentFileLocation' && location._ !== 'inputPhotoFileLocation')
      throw new RpcFailure('LOCATION_INVALID')
    const fileId = location.id.toString()
    const file = call.world.live.files.get(fileId)
    if (!file) throw new RpcFailure('FILE_REFERENCE_EXPIRED')
    const { dcId = firstCenter } = mediaOf(call.world, fileId) ?? {}
    if (dcId !== call.dcId) throw new RpcFailure(`FILE_MIGRATE_${dcId}`)
    return {
      _: 'upload.file',
      type: { _: 'storage.fileUnknown' },
      mtime: 0,
      bytes: file.subarray(offset, offset + limit),
    }
  },
}

function savePart({ live }: World, fileId: Long, part: number, bytes: Uint8Array): true {
  const id = fileId.toString()
  const parts = live.uploads.get(id) ?? new Map<number, Uint8Array>()
  live.uploads.set(id, parts.set(part, Uint8Array.from(bytes)))
  return true
}

/** Turns what a client uploaded part by part into a file. @throws RpcFailure for media of other kinds */
export function storeUpload(world: World, input: tl.TypeInputMedia): Media {
  if (input._ !== 'inputMediaUploadedDocument' && input._ !== 'inputMediaUploadedPhoto')
    throw new RpcFailure('MEDIA_INVALID')
  if (input.file._ === 'inputFileStoryDocument') throw new RpcFailure('MEDIA_INVALID')
  const id = input.file.id.toString()
  const parts = [...(world.live.uploads.get(id) ?? [])].sort(([a], [b]) => a - b)
  if (parts.length !== input.file.parts) throw new RpcFailure('FILE_PARTS_INVALID')
  world.live.uploads.delete(id)

  const content = Buffer.concat(parts.map(([, bytes]) => bytes))
  if (input._ === 'inputMediaUploadedPhoto')
    return storeFile(world, 'photo', 'image/jpeg', content, input.file.name)
  const voice = input.attributes.some((one) => one._ === 'documentAttributeAudio' && one.voice)
  return storeFile(world, voice ? 'voice' : 'document', input.mimeType, content, input.file.name)
}

export function storeFile(
  world: World,
  kind: Media['kind'],
  mimeType: string,
  content: Uint8Array,
  fileName?: string,
): Media {
  const fileId = longFrom(randomBytes(8)).toString()
  world.live.files.set(fileId, content)
  return { kind, fileId, mimeType, size: content.length, ...(fileName ? { fileName } : {}) }
}
