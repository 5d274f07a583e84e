import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Peer } from './messenger.ts'

const typingShownMs = 5000

/** Reads, then types as long as a person would, showing it all the while. */
export async function typeFor(app: App, peer: Peer, text: string): Promise<void> {
  const { readSec, charsPerSec, longestTypingSec } = app.business.telegram.manner
  const hurried = !app.config.telegramPaceOn
  if (!hurried) await sleep(readSec * 1000)
  let left = hurried
    ? Math.min(4000, 600 + text.length * 12, longestTypingSec * 1000)
    : Math.min(longestTypingSec, text.length / charsPerSec) * 1000
  while (left > 0) {
    await app.telegram.typing(peer)
    await sleep(Math.min(left, typingShownMs))
    left -= typingShownMs
  }
}
