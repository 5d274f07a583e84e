import type { Ports } from '../app.ts'
import { readSql } from '../database/read-sql.ts'
import type { Work } from './wake.ts'

const nextDue = readSql(import.meta.dirname, 'next-due')

/** What came without a word (a row written by hand, a notification that was lost) or could not be taken yet is looked for again after this. */
const usualBackstopMs = 10_000
/** Loops that go to sleep at about the same time are one question. */
const togetherMs = 50
/** What became due before was there when its loop looked. */
const justNowSec = 0.5
const everSec = 1e9

export type Clock = {
  /** A loop found nothing: when is it to look again? */
  ask: () => void
  /** Wakes the loops at the instants that their work has, until `signal` aborts. */
  run: (signal: AbortSignal) => Promise<void>
}

/** The one who knows what is due next, so that the loops need not look for themselves while there is nothing to do. */
export function createClock(app: Ports<'db' | 'log' | 'wake'>, backstopMs = usualBackstopMs): Clock {
  let askedFor = () => {}
  return {
    ask: () => askedFor(),
    run: async (signal) => {
      let wholeAt = 0
      while (!signal.aborted) {
        const asked = new Promise<'asked'>((resolve) => (askedFor = () => resolve('asked')))
        const whole = Date.now() - wholeAt >= backstopMs
        if (whole) wholeAt = Date.now()
        const next = await wakeDue(app, whole ? everSec : justNowSec).catch((error: unknown) => {
          app.log.warn({ err: error }, 'What is due next was not found out; it is asked again')
          return backstopMs
        })
        const ms = Math.min(next, backstopMs)
        if ((await firstOf(signal, ms, asked)) === 'asked') await firstOf(signal, Math.min(ms, togetherMs))
      }
    },
  }
}

/** Wakes the loops whose work became due within `sec`. @returns in how many ms the next is; infinite when none is planned */
async function wakeDue({ db, wake }: Ports<'db' | 'wake'>, sec: number): Promise<number> {
  const { rows } = await db.query<{ work: Work; due: boolean; next_ms: number | null }>({
    ...nextDue,
    values: [sec],
  })
  for (const { work, due } of rows) if (due) wake.here(work)
  return Math.min(...rows.map(({ next_ms: ms }) => Math.max(1, Math.ceil(ms ?? Infinity))))
}

function firstOf(signal: AbortSignal, ms: number, asked?: Promise<'asked'>): Promise<'asked' | 'time'> {
  return new Promise((resolve) => {
    const done = (what: 'asked' | 'time') => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onTime)
      resolve(what)
    }
    const onTime = () => done('time')
    const timer = setTimeout(onTime, ms)
    signal.addEventListener('abort', onTime)
    if (signal.aborted) onTime()
    void asked?.then(done)
  })
}
