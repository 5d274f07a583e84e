import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter } from 'age-encryption'
import { errorText } from '../text/storable.ts'

/** What a sealed backup begins with; `age --decrypt` opens it too. */
const sealMark = 'age-encryption.org/v1'

export class BackupError extends Error {
  override name = 'BackupError'
}

/** Writes what `source` gives into a new file that only its owner can read: packed, and sealed where there is a passphrase. */
export async function writeBackupFile(
  path: string,
  source: AsyncIterable<Buffer | string>,
  passphrase: string | null,
): Promise<void> {
  const packed = Readable.from(source, { objectMode: false }).compose(createGzip({ level: 6 }))
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  if (passphrase === null) return pipeline(packed, file)
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  const sealed = await encrypter.encrypt(toWeb(packed))
  await pipeline(Readable.fromWeb(sealed), file)
}

/**
 * The unpacked content of a backup file. What is wrong with the file is thrown where it is read.
 * @throws BackupError when it is sealed and the passphrase is missing or another one
 */
export async function readBackupFile(path: string, passphrase: string | null): Promise<Readable> {
  const isSealed = (await firstBytes(path, sealMark.length)).toString('latin1') === sealMark
  const unpacked = createGunzip()
  if (!isSealed) {
    joined(createReadStream(path), unpacked)
    return unpacked
  }
  if (passphrase === null)
    throw new BackupError(`${path} is sealed: set BACKUP_PASSPHRASE to the one that it was made with`)
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const opened = await decrypter.decrypt(toWeb(createReadStream(path))).catch((error: unknown) => {
    throw new BackupError(`${path} cannot be opened with this BACKUP_PASSPHRASE: ${errorText(error)}`)
  })
  joined(Readable.fromWeb(opened), unpacked)
  return unpacked
}

/** The error of the first is thrown by whoever reads the second. */
function joined(from: Readable, to: Writable): void {
  pipeline(from, to).catch((error: unknown) => to.destroy(error instanceof Error ? error : undefined))
}

/** age works with the streams of the web. */
function toWeb(stream: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = stream.pipe(new PassThrough())
  stream.on('error', (error) => chunks.destroy(error))
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(Uint8Array.from(value))
    },
    cancel: () => void chunks.destroy(),
  })
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw new BackupError(`${path} cannot be read: ${errorText(error)}`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
