import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { repository } from '../settings/config.ts'

const shown = 12

/** A reporter of Node's test runner: which files the run waits for, so that a slow suite says where it is slow. */
export default async function* slowestFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files: { file: string; seconds: number }[] = []
  for await (const event of events) {
    if (event.type !== 'test:summary' || !event.data.file) continue
    files.push({ file: relative(repository, event.data.file), seconds: event.data.duration_ms / 1000 })
  }
  if (files.length <= shown) return
  yield '\nThe slowest files:\n'
  for (const { file, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, shown))
    yield `${seconds.toFixed(0).padStart(5)} s  ${file}\n`
}
