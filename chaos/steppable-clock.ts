import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const places = [
  '/usr/lib/*/faketime/libfaketimeMT.so.1',
  '/usr/{lib,lib64,local/lib}/faketime/libfaketimeMT.so.1',
]
export const findLibrary = (): string | undefined =>
  places.flatMap((place) => globSync(place)).find(existsSync)

export const clockFileOf = (dataDir: string) => join(dataDir, 'clock')

/** What gives the API servers a clock that can be stepped while they run; nothing where libfaketime is not installed. */
export function steppableClock(dataDir: string): Record<string, string> {
  const library = findLibrary()
  if (!library) return {}
  writeFileSync(clockFileOf(dataDir), '+0')
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockFileOf(dataDir),
    FAKETIME_NO_CACHE: '1',
    // As with a real step: only the time of day jumps, what is waited for does not.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}
