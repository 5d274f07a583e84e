import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse, stringify } from 'yaml'
import { repository } from '../../local/settings/config.ts'
import { ask, startTestSystem, until } from '../system.ts'

/** The same with 200 leads and 20 times: SLOT_RACE_LEADS=200 SLOT_RACE_SLOTS=20. */
const leads = Number(process.env.SLOT_RACE_LEADS ?? 12)
const slots = Number(process.env.SLOT_RACE_SLOTS ?? 4)
const halfHourMs = 1_800_000
/** Not a wish for speed: a fact that never comes true must end the test some time. */
const limitSec = 300 + leads * 12

type Line = { from: 'person' | 'seller'; text: string }
type Event = {
  id: string
  status: string
  calendarId: string
  start: { dateTime: string }
  end: { dateTime: string }
}

/** Two sellers who work round the clock; other events leave just `slots` half hours free, the same number each. */
function businessFile(folder: string): string {
  const business = parse(readFileSync(join(repository, 'config/business.yaml'), 'utf8')) as Record<
    string,
    object
  >
  const always = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-23:59']]),
  )
  const seller = (id: string, calendar: string) => ({
    id,
    name: { ru: id, en: id },
    calendar,
    timeZone: 'UTC',
    workingHours: always,
  })
  const file = join(folder, 'business.yaml')
  writeFileSync(
    file,
    stringify({
      ...business,
      timeZone: 'UTC',
      followUps: [],
      meeting: {
        ...business['meeting'],
        horizonDays: 2,
        minNoticeMin: 0,
        bufferBeforeMin: 0,
        bufferAfterMin: 0,
        reminders: [],
      },
      sellers: [seller('one', 'default'), seller('two', 'two@company.com')],
      conversation: { debounceSec: 1, debounceMaxSec: 5, historyMessages: 20 },
    }),
  )
  return file
}

/** Who says the same words again and again is taken for a machine, and gets no answer. */
const pick = (time: number, choice: number) =>
  [
    `Давайте вариант ${choice}`,
    `Тогда мне подойдёт вариант ${choice}`,
    `Запишите меня, пожалуйста, на вариант ${choice}`,
    `Жаль. Пусть в этот раз будет вариант ${choice}`,
    `Хорошо, вариант ${choice} меня тоже устроит`,
    `Попробуем ещё раз: вариант ${choice}`,
  ][time % 6] ?? ''
const wish = (time: number) =>
  [
    'Давайте встретимся, когда можно?',
    'А какое свободное время вы ещё можете предложить для встречи?',
    'Хочу созвониться с вами, какие есть окна?',
    'Готов встретиться, предложите, пожалуйста, другое время',
  ][time % 4] ?? ''

test(
  `${leads} leads take ${slots} free times of two sellers`,
  { timeout: (3 * limitSec + 300) * 1000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lead-race-'))
    const system = await startTestSystem({ BUSINESS_CONFIG: businessFile(folder) })
    const { amocrm, google, telegram } = system.urls
    try {
      await ask(`${amocrm}/_sim/limits`, { json: { perSecond: null } })
      await ask(`${google}/_sim/calendars`, { json: { id: 'two@company.com', timeZone: 'UTC' } })
      // Free from the next full hour but one, for `slots / 2` half hours on each calendar; all else is busy.
      const free = Math.ceil(Date.now() / 3_600_000 + 2) * 3_600_000
      const freeEnd = free + (slots / 2) * halfHourMs
      const busy = [
        [free - 24 * 3_600_000, free],
        [freeEnd, free + 6 * 24 * 3_600_000],
      ] as const
      for (const calendarId of ['seller@company.com', 'two@company.com']) {
        for (const [from, to] of busy) {
          const times = { start: new Date(from).toISOString(), end: new Date(to).toISOString() }
          await ask(`${google}/_sim/events`, { json: { calendarId, summary: 'busy', ...times } })
        }
      }

      const people = await Promise.all(
        Array.from({ length: leads }, async (_nothing, index) => {
          const username = `race_${index}`
          const { id } = (await ask(`${telegram}/_sim/people`, { json: { firstName: 'Ира', username } }))
            .body as { id: number }
          await ask(`${amocrm}/_sim/leads`, {
            json: { name: 'Заявка', contact: { name: 'Ира', telegram: username } },
          })
          return { id, answered: 0, said: 0 }
        }),
      )
      const chat = async (id: number) =>
        ((await ask(`${telegram}/_sim/people/${id}/chat`)).body as { messages: Line[] }).messages
      const events = async () =>
        ((await ask(`${google}/_sim/events`)).body as (Event & { summary: string })[]).filter(
          (event) => event.status !== 'cancelled' && event.summary !== 'busy',
        )
      const isBooked = (lines: Line[]) =>
        lines.some((line) => line.from === 'seller' && line.text.includes('meet.google.com'))

      // Everybody answers each message of the assistant: picks any offered time, else asks for one.
      const step = async () => {
        await Promise.all(
          people.map(async (person, index) => {
            const lines = await chat(person.id)
            const last = lines.at(-1)
            if (last?.from !== 'seller' || lines.length === person.answered || isBooked(lines)) return
            person.answered = lines.length + 1
            const offered = [...last.text.matchAll(/^\d\) /gm)].length
            const text = offered ? pick(person.said++, (index % offered) + 1) : wish(person.said++)
            if (lines.length < 24) await ask(`${telegram}/_sim/people/${person.id}/say`, { json: { text } })
          }),
        )
        await sleep(500)
        return (await events()).length >= slots
      }
      await until('all times are taken', step, limitSec)
      // Nobody says anything any more: what is under way comes to its end, whatever that is.
      const all = () => Promise.all(people.map(({ id }) => chat(id)))
      await until(
        'who has a meeting is told',
        async () => (await all()).filter(isBooked).length >= slots,
        limitSec,
      )
      // Whose time was lost until none was left is with a human, who does not answer here.
      const isWithHuman = (lines: Line[]) =>
        lines.some((line) => line.from === 'seller' && line.text.includes('коллеге'))
      await until(
        'everybody has an answer',
        async () => (await all()).every((lines) => lines.at(-1)?.from === 'seller' || isWithHuman(lines)),
        limitSec,
      )

      const booked = await events()
      assert.equal(booked.length, slots)
      const taken = booked.map((event) => `${event.calendarId} ${Date.parse(event.start.dateTime)}`)
      assert.equal(new Set(taken).size, slots, 'no time twice')
      assert.equal(
        (await all()).filter(isBooked).length,
        slots,
        'who is told has a meeting, who has one is told',
      )
      for (const { id } of people) assert.equal((await chat(id)).at(0)?.from, 'seller')
    } finally {
      await system.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
