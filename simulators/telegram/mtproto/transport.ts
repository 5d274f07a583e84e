import type { Socket } from 'node:net'

const intermediateTag = 0xeeeeeeee
const maxFrameBytes = 2 * 1024 * 1024

/**
 * Cuts the byte stream of a client into frames of the "intermediate" transport: one tag of four bytes after connecting,
 * then for each frame its length (u32, little endian) and its bytes. A client that speaks anything else is cut off.
 */
export function readFrames(socket: Socket, onFrame: (frame: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0)
  let tagSeen = false

  socket.on('data', (chunk: Buffer) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
    if (!tagSeen) {
      if (pending.length < 4) return
      if (pending.readUInt32LE(0) !== intermediateTag) return void socket.destroy()
      tagSeen = true
      pending = pending.subarray(4)
    }
    while (pending.length >= 4 && !socket.destroyed) {
      const length = pending.readUInt32LE(0)
      if (length > maxFrameBytes) return void socket.destroy()
      if (pending.length < 4 + length) return
      const frame = pending.subarray(4, 4 + length)
      pending = pending.subarray(4 + length)
      onFrame(frame)
    }
  })
}

export function writeFrame(socket: Socket, frame: Uint8Array): void {
  if (socket.destroyed) return
  const length = Buffer.alloc(4)
  length.writeUInt32LE(frame.length)
  socket.write(Buffer.concat([length, frame]))
}

/** A transport error (for instance 404: unknown auth key) is a frame of four bytes with the negated code. */
export function writeTransportError(socket: Socket, code: number): void {
  const frame = Buffer.alloc(4)
  frame.writeInt32LE(-code)
  writeFrame(socket, frame)
}
