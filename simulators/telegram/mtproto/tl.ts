import {
  TlBinaryReader,
  TlBinaryWriter,
  type TlReaderMap,
  type TlWriterMap,
  __tlReaderMap,
  __tlWriterMap,
} from '@mtcute/node/utils.js'
import { Long, type mtp } from '@mtcute/node'

export type MtObject = mtp.TlObject
/** Any TL object. The library's union of all of them is too large for the type checker to compare. */
type AnyObject = { _: string }
export type TlResult = AnyObject | boolean | AnyObject[]

const readerMap: TlReaderMap = __tlReaderMap
const writerMap: TlWriterMap = __tlWriterMap

const boolTrue = 0x997275b5
const boolFalse = 0xbc799737
const vectorId = 0x1cb5c415
const futureSaltsId = 0xae500895
const rpcResultId = 0xf35c6d01

export const tlReader = (bytes: Uint8Array, start = 0) => new TlBinaryReader(readerMap, bytes, start)
export const tlBytes = (object: AnyObject) => TlBinaryWriter.serializeObject(writerMap, object)

/** The bytes of an rpc_result. Bool and vector have no writer in the library's map, so they are written by hand. */
export function rpcResultBytes(requestMessageId: Long, result: TlResult): Uint8Array {
  const head = Buffer.alloc(12)
  head.writeUInt32LE(rpcResultId, 0)
  head.set(requestMessageId.toBytesLE(), 4)
  return Buffer.concat([head, resultBytes(result)])
}

function resultBytes(result: TlResult): Uint8Array {
  if (typeof result === 'boolean') return uints(result ? boolTrue : boolFalse)
  if (Array.isArray(result)) return Buffer.concat([uints(vectorId, result.length), ...result.map(tlBytes)])
  return tlBytes(result)
}

/** future_salts with one salt, valid for a day; by hand, for the library cannot write its bare vector. */
export function futureSaltsBytes(requestMessageId: Long, now: number, salt: Long): Uint8Array {
  return Buffer.concat([
    uints(futureSaltsId),
    Buffer.from(requestMessageId.toBytesLE()),
    uints(now, 1, now - 60, now + 86_400),
    Buffer.from(salt.toBytesLE()),
  ])
}

export const longFrom = (bytes: Uint8Array) => Long.fromBytesLE([...bytes.subarray(0, 8)])

function uints(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}
