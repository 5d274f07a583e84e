import type { Api } from 'grammy'
import { type Dispatcher, request } from 'undici'

const withinMs = 60_000

/**
 * The contents of a file that a bot was sent; null when it is gone or larger than `maxBytes`. Telegram gives bots files up to 20 MB.
 * The address holds the token: what goes wrong is told without it.
 */
export async function downloadFile(
  api: Api,
  {
    root,
    token,
    dispatcher,
    fileId,
    maxBytes,
  }: {
    root: string
    token: string
    dispatcher: Dispatcher | undefined
    fileId: string
    maxBytes: number
  },
): Promise<Buffer | null> {
  const { file_path: path, file_size: size } = await api.getFile(fileId)
  if (!path || (size !== undefined && size > maxBytes)) return null
  const answer = await request(`${root}/file/bot${token}/${path}`, {
    ...(dispatcher && { dispatcher }),
    headersTimeout: withinMs,
    bodyTimeout: withinMs,
    signal: AbortSignal.timeout(withinMs),
  })
  if (answer.statusCode !== 200) {
    await answer.body.dump()
    return null
  }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop ends the download.
    if (length > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
