import { createRequire } from 'node:module'
import { unzipSync } from 'node:zlib'
import type { TlBinaryReader } from '@mtcute/node/utils.js'
import { tlReader } from './tl.ts'

type Argument = {
  name: string
  type: string
  typeModifiers?: { predicate?: string; isVector?: boolean }
}
type Entry = { kind: string; name: string; id: number; arguments: Argument[] }

/** A method call as it came over the wire: `_` is the method's TL name, fields are in camelCase. */
export type Request = { _: string; [field: string]: unknown }

// Not an `import`: the schema is megabytes of JSON, and the type checker would infer a type for all of it.
const schema: { e: Entry[] } = createRequire(import.meta.url)('@mtcute/core/tl/api-schema.json')
const methods = new Map(schema.e.filter((entry) => entry.kind === 'method').map((entry) => [entry.id, entry]))

export const gzipPackedId = 0x3072cfa1
export const maxUnpackedBytes = 16 * 1024 * 1024

export const isMethod = (constructorId: number) => methods.has(constructorId)

/** Reads a method call, its constructor id included. The library itself can only read results, never calls. */
export function readMethod(reader: TlBinaryReader): Request {
  const constructorId = reader.uint()
  // A long call is packed inside its wrapper (invokeAfterMsg), not only as a whole message; clients use gzip or zlib.
  if (constructorId === gzipPackedId)
    return readMethod(tlReader(unzipSync(reader.bytes(), { maxOutputLength: maxUnpackedBytes })))
  const method = methods.get(constructorId)
  if (!method) throw new Error(`Not a method of this layer: 0x${constructorId.toString(16)}`)
  const request: Request = { _: method.name }
  const flags: Record<string, number> = {}

  for (const argument of method.arguments) {
    if (argument.type === '#') {
      flags[argument.name] = reader.uint()
      continue
    }
    const [word, bit] = argument.typeModifiers?.predicate?.split('.') ?? []
    if (word && !((flags[word] ?? 0) & (1 << Number(bit)))) continue
    request[camelCase(argument.name)] = readArgument(reader, argument)
  }
  return request
}

function readArgument(reader: TlBinaryReader, { type, typeModifiers }: Argument): unknown {
  const readOne = () => readValue(reader, type)
  return typeModifiers?.isVector ? reader.vector(readOne) : readOne()
}

function readValue(reader: TlBinaryReader, type: string): unknown {
  switch (type) {
    case 'true':
      return true
    case 'int':
      return reader.int()
    case 'int53':
      return reader.int53()
    case 'long':
      return reader.long()
    case 'double':
      return reader.double()
    case 'int128':
      return reader.int128()
    case 'int256':
      return reader.int256()
    case 'string':
      return reader.string()
    case 'bytes':
      return reader.bytes()
    case 'Bool':
      return reader.boolean()
    case '!X':
      return readMethod(reader)
    default:
      return reader.object()
  }
}

const camelCase = (name: string) => name.replaceAll(/_([a-z])/gi, (_, letter: string) => letter.toUpperCase())
