import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { startWork } from '../../api/src/process/work.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { inTransaction } from '../../api/src/database/pool.ts'
import { setControl } from '../../api/src/leads/set-control.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { addLead, rowsOf, runningTurn } from '../../api/src/testing/seed.ts'
import { type Desk, type Office, openOffice, quick, until } from '../telegram/open-office.ts'
import { type Look, comeIn, openBrowsers, openLine, serveConsole, skip } from './open-console.ts'
import { addHistory, addSampleLeads } from './sample-leads.ts'

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

describe('the console, in a browser', { skip }, () => {
  let office: Office
  let desk: Desk
  let url: string
  let ids: Map<string, number>
  let browsers: Awaited<ReturnType<typeof openBrowsers>>
  let me: Page
  let work: { stop: () => Promise<void> }
  let line: Awaited<ReturnType<typeof openLine>>
  /** Gets the alerts in Telegram. */
  let colleague: { id: number; botId: number }
  let closeServer: () => Promise<void>

  const ends: (() => Promise<void>)[] = []

  before(async () => {
    // Not `after` itself: called in a hook it would end with the hook.
    office = await openOffice({ after: (end) => void ends.push(end) })
    const [bot] = await office.world.control<[{ id: number }]>('bots')
    colleague = { ...(await office.world.addPerson({ firstName: 'Ольга' })), botId: bot.id }
    await office.world.control(`people/${colleague.id}/start`, { botId: bot.id })
    desk = await office.openDesk({
      variables: { ...quick.variables, ALERTS_TELEGRAM_BOT_TOKEN: 'mock_bot_alerts' },
      app: {
        business: {
          ...exampleBusiness,
          ...quick.app?.business,
          alerts: { ...exampleBusiness.alerts, telegram: { chats: [colleague.id] } },
        },
      },
    })
    await saveSellers(desk)
    await addHistory(desk.db)
    ids = await addSampleLeads(desk.db)
    const served = await serveConsole(desk)
    line = await openLine(served.url)
    url = line.url
    closeServer = async () => {
      await line.close()
      await served.close()
    }
    work = startWork(desk)
    browsers = await openBrowsers()
    me = await browsers.openPage({ language: 'ru' })
    await comeIn(me, desk, url)
    await me.getByRole('region', { name: 'С чего начать' }).getByRole('button').click()
    await me.getByText('Выберите лида слева').waitFor()
  })
  after(async () => {
    await browsers?.close()
    await closeServer?.()
    await work?.stop()
    for (const end of ends) await end()
  })

  const open = (page: Page, path: string) => page.goto(`${url}${path}`)
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  const lead = async (id: number) =>
    (
      await rowsOf<{ control: string; control_by: string | null; stage: string }>(
        desk.db,
        'select control, control_by, stage from leads where id = $1',
        [id],
      )
    )[0]!

  test('a person writes in Telegram, and the talk shows it; a human answers, and the phone has it', async (t) => {
    const person = await office.world.addPerson({ username: 'live_anna' })
    await addLead(desk.db, 7001, { contact_name: 'Анна Живая', telegram_username: 'live_anna' })
    await open(me, '/app/inbox/all?lead=7001')
    await me.getByText('Пока ничего не сказано').first().waitFor()
    const phone = await browsers.openPage({ language: 'ru' })
    await phone.goto(`${office.world.simulator.url}/?lang=ru&person=${person.id}`)
    await phone.getByRole('textbox', { name: 'Сообщение' }).fill('Добрый день, это я')
    const started = performance.now()
    const passed = () => `${Math.round(performance.now() - started)} ms`
    await phone.keyboard.press('Enter')
    await Promise.all([
      me
        .getByRole('log')
        .getByText('Добрый день, это я')
        .waitFor()
        .then(() => t.diagnostic(`from the key in the phone to the talk: ${passed()}`)),
      // The talk has it once, the list beside it, too.
      me
        .getByText('Добрый день, это я')
        .nth(1)
        .waitFor()
        .then(() => t.diagnostic(`to the list: ${passed()}`)),
    ])
    const times: number[] = []
    for (const text of ['Подскажите цену', 'И сроки', 'Спасибо']) {
      await phone.getByRole('textbox', { name: 'Сообщение' }).fill(text)
      const began = performance.now()
      await phone.keyboard.press('Enter')
      await me.getByRole('log').getByText(text, { exact: true }).waitFor()
      times.push(Math.round(performance.now() - began))
    }
    t.diagnostic(`later ones: ${times.join(', ')} ms`)
    await phone.context().close()
    await me.getByRole('textbox', { name: 'Ответ' }).fill('Здравствуйте, Анна! Это Ирина.')
    await me.getByText('Отправив, вы заберёте лида').waitFor()
    await me.keyboard.press('Control+Enter')
    await until('the phone has the answer', async () => {
      const chat = await office.world.control<{ messages: { text: string }[] }>(`people/${person.id}/chat`)
      return chat.messages.some(({ text }) => text === 'Здравствуйте, Анна! Это Ирина.')
    })
    await me.getByRole('log').getByText('Доставлено').waitFor({ state: 'attached' })
    assert.deepEqual([(await lead(7001)).control, (await lead(7001)).control_by], ['human', 'Ирина Соколова'])
  })

  test('taking over while the assistant thinks throws the thought away; giving back is one key', async () => {
    await addLead(desk.db, 7002, { contact_name: 'Борис' })
    await desk.db.query(
      `insert into conversations (lead_id, channel, account_id, peer_id) values (7002, 'telegram', 'main', 55)`,
    )
    await desk.db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text)
       select id, 7002, 'in', 'lead', 'Сколько стоит?' from conversations where lead_id = 7002`,
    )
    // In one transaction, and in the name of this process: its loops would take it first, or from one that does not live.
    const turn = await inTransaction(desk.db, async (tx) => {
      const lease = await runningTurn(tx, 7002)
      await tx.query('update turns set claimed_by = $2 where id = $1', [lease.turnId, desk.process])
      return lease
    })
    await open(me, '/app/inbox/all?lead=7002')
    await me.getByRole('log').getByText('Ассистент думает').waitFor()
    await me.keyboard.press('t')
    await me.getByText('Лид ваш, ассистент молчит').waitFor()
    await me.getByRole('log').getByText('Ассистент думает').waitFor({ state: 'detached' })
    const [ended] = await rowsOf<{ state: string }>(desk.db, 'select state from turns where id = $1', [
      turn.turnId,
    ])
    assert.equal(ended?.state, 'cancelled')
    await me.keyboard.press('g')
    await me.getByText('Лида снова ведёт ассистент').waitFor()
    assert.equal((await lead(7002)).control, 'ai')
  })

  test('a note is for colleagues only, and stays typed while one looks elsewhere', async () => {
    const id = ids.get('Дмитрий Орлов')!
    await open(me, `/app/inbox/attention?lead=${id}`)
    await me.getByRole('log').getByText('шаблон договора').waitFor()
    await me.keyboard.press('n')
    await me.keyboard.type('Отправил договор на почту')
    await me.keyboard.press('Escape')
    await me.keyboard.press('j')
    await me.getByRole('heading', { name: 'Emily Carter' }).waitFor()
    await me.keyboard.press('k')
    await me.getByRole('heading', { name: 'Дмитрий Орлов' }).waitFor()
    await me.keyboard.press('n')
    await button(me, 'Сохранить заметку').dblclick()
    await me.getByText('Заметка для коллег').waitFor()
    await until('it is kept once', async () => {
      const notes = await rowsOf(
        desk.db,
        `select from lead_notes where lead_id = $1 and text like 'Отправил договор%'`,
        [id],
      )
      return notes.length === 1
    })
    assert.deepEqual(
      await rowsOf(desk.db, `select from outbox where lead_id = $1 and channel = 'telegram'`, [id]),
      [],
    )
  })

  test('why: from a message to the thought behind it, with the refusal and its rule, and raw on demand', async () => {
    await open(me, `/app/inbox/all?lead=${ids.get('Мария Ковалёва')}`)
    await button(me, 'Почему').click()
    const side = me.getByRole('tabpanel')
    await side.getByText('Услышал готовность встретиться').waitFor()
    for (const text of [
      '«во вторник до обеда»',
      'Отклонено правилом',
      'Предложил время',
      'вт, 1 декабря, 11:30',
    ])
      await side.getByText(text).first().waitFor()
    await button(me, /Как хранится #/)
      .last()
      .click()
    await side.getByText('"promptVersions"').waitFor()
  })

  test('looking for a phone as people type it, and for words of the talk', async () => {
    await open(me, '/app/inbox/all')
    await me.getByText('Emily Carter').waitFor()
    await me.keyboard.press('/')
    await me.keyboard.type('8 916 123')
    await me.getByText('Найдено: 1').waitFor()
    await me.getByRole('textbox', { name: 'Имя, телефон, слова' }).fill('интеграция с 1с')
    await me.getByText('Анна Белова').waitFor()
    await me.getByText('Интересует интеграция с 1С').first().waitFor()
    await me.getByRole('textbox', { name: 'Имя, телефон, слова' }).fill('абракадабра')
    await me.getByText('ничего не нашлось').waitFor()
  })

  test('a lead is closed with a reason; a message that failed says why and is sent again', async () => {
    await open(me, `/app/inbox/all?lead=${ids.get('Лев Гусев')}`)
    await me.getByText('USER_PRIVACY_RESTRICTED').first().waitFor()
    await button(me, 'Ещё').click()
    await me.getByRole('menuitem', { name: 'Закрыть лида' }).click()
    await me.getByRole('dialog').getByText('Не отвечает').click()
    await button(me, 'Закрыть лида').click()
    await until('it is lost', async () => (await lead(ids.get('Лев Гусев')!)).stage === 'lost')
    await me.getByText('Закрыт как потерянный').waitFor()
  })

  test('the network is cut: the page says so, and what came meanwhile is there afterwards', async () => {
    await open(me, '/app/inbox/all?lead=7001')
    await me.getByRole('log').getByText('Добрый день, это я').waitFor()
    line.cut()
    await me.getByText('Нет связи').waitFor()
    await desk.db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text)
       select id, 7001, 'in', 'lead', 'Пока вас не было' from conversations where lead_id = 7001`,
    )
    line.mend()
    await me.getByRole('log').getByText('Пока вас не было').waitFor()
    await me.getByText('Нет связи').waitFor({ state: 'detached' })
    assert.equal(await me.getByRole('log').getByText('Пока вас не было').count(), 1)
  })
  test('the browser itself loses the network: the page says so at once, and goes on by itself', async () => {
    await open(me, '/app/inbox/all?lead=7001')
    await me.getByRole('log').getByText('Пока вас не было').waitFor()
    await me.context().setOffline(true)
    await me.getByText('Нет связи').waitFor()
    await desk.db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text)
       select id, 7001, 'in', 'lead', 'И в самолёте' from conversations where lead_id = 7001`,
    )
    await me.context().setOffline(false)
    await me.getByRole('log').getByText('И в самолёте').waitFor()
    await me.getByText('Нет связи').waitFor({ state: 'detached' })
  })

  test('an empty place of the week says why it is not offered: by pointer and by the arrow keys, in both languages', async () => {
    await open(me, '/app/calendar')
    await button(me, 'Неделя позже').click()
    await me.getByLabel('Чьи лиды').selectOption('olga')
    const week = me.getByRole('group', { name: /Наведите на пустое место/ })
    const days = week.getByRole('heading')
    const box = (await days.nth(6).boundingBox())!
    await me.mouse.move(box.x + box.width / 2, box.y + 300)
    await me.getByText('В этот день не работают').waitFor()
    await week.focus()
    await me.keyboard.press('ArrowDown')
    await week.getByRole('status').waitFor()
    await me.keyboard.press('Escape')
    await week.getByRole('status').waitFor({ state: 'detached' })
    const page = await browsers.openPage({ language: 'en' })
    await comeIn(page, desk, url)
    await page.goto(`${url}/app/calendar`)
    await page.getByRole('group', { name: /Point at an empty place/ }).waitFor()
    await button(page, 'Week after').click()
    const sunday = (await page.getByRole('group').getByRole('heading').nth(6).boundingBox())!
    await page.mouse.move(sunday.x + sunday.width / 2, sunday.y + 300)
    await page.getByText('No work on this day').first().waitFor()
    await page.context().close()
  })

  test('a meeting is looked at in both zones and moved; what the lead will hear is asked', async () => {
    await open(me, '/app/calendar')
    const meeting = button(me, /Сергей Морозов/)
    await me.getByText('Время: Москва').waitFor()
    if ((await meeting.count()) === 0) await button(me, 'Неделя позже').click()
    await meeting.first().click()
    await me.getByText(/18:00 у лида/).waitFor()
    await button(me, 'Перенести').click()
    await me.getByText('Лид получит это, когда согласится Google').waitFor()
    await me.getByRole('dialog').locator('input[type=datetime-local]').fill(nextDay(4, '16:00'))
    await me.getByRole('dialog').getByRole('blockquote').getByText('23:00').waitFor()
    await button(me, 'Перенести').click()
    await me.getByText('Новое время придержано').waitFor()
    const [turn] = await rowsOf<{ kind: string }>(
      desk.db,
      `select kind from turns where lead_id = $1 and kind = 'operator'`,
      [ids.get('Сергей Морозов')],
    )
    assert.equal(turn?.kind, 'operator')
  })
  test('a meeting is dragged to another time: before anything is changed its words stand there; what leads were offered is in the week', async () => {
    await open(me, '/app/calendar')
    await me.getByText('Время: Москва').waitFor()
    const meeting = button(me, /Ольга Литвинова/)
    if ((await meeting.count()) === 0) await button(me, 'Неделя позже').click()
    const box = (await meeting.first().boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await me.mouse.move(x, y)
    await me.mouse.down()
    for (const step of [20, 52, 104]) await me.mouse.move(x, y + step)
    await me.mouse.up()
    const dialog = me.getByRole('dialog')
    await dialog.getByRole('blockquote').getByText('17:00').waitFor()
    await dialog.getByText('Сообщить лиду').click()
    await dialog.getByRole('blockquote').waitFor({ state: 'detached' })
    await button(me, 'Отмена').click()
    assert.deepEqual(
      await rowsOf(desk.db, `select from turns where lead_id = $1 and kind = 'operator'`, [
        ids.get('Ольга Литвинова'),
      ]),
      [],
    )
    await open(me, '/app/calendar')
    const offered = button(me, /Предложено Мария Ковалёва/)
    await me.getByText('Время: Москва').waitFor()
    if ((await offered.count()) === 0) await button(me, 'Неделя позже').click()
    await offered.first().click()
    await me.getByRole('heading', { name: 'Мария Ковалёва' }).waitFor()
  })

  test('the numbers: by source and by seller, objections, hand-overs, cost of a meeting; the file has all of it', async () => {
    await open(me, '/app/numbers')
    await me.getByRole('rowheader', { name: 'beacon.example' }).waitFor()
    await me.getByText('Модели на одну встречу').waitFor()
    await me.getByRole('listitem').filter({ hasText: 'другой поставщик' }).waitFor()
    await me.getByRole('listitem').filter({ hasText: 'просьбу позвать человека' }).waitFor()
    await me.getByRole('tab', { name: 'По продавцам' }).click()
    await me.getByRole('rowheader', { name: 'Павел' }).waitFor()
    const [file] = await Promise.all([me.waitForEvent('download'), button(me, 'Сохранить CSV').click()])
    const text = readFileSync(await file.path(), 'utf8')
    assert.match(file.suggestedFilename(), /^numbers-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/)
    const rows = text
      .slice(1)
      .trim()
      .split('\r\n')
      .map((row) => row.split(','))
    assert.deepEqual(rows[0], ['group', 'name', 'what', 'value'])
    assert.ok(rows.every((row) => row.length === 4))
    const value = (group: string, name: string, what: string) =>
      Number(rows.find((row) => row[0] === group && row[1] === name && row[2] === what)?.[3])
    const received = rows.filter((row) => row[0] === 'sources' && row[2] === 'received')
    assert.equal(
      received.reduce((sum, row) => sum + Number(row[3]), 0),
      value('all', '', 'received'),
    )
    assert.ok(value('objections', 'price', 'turns') > 0 && value('models', '', 'cost_usd') > 0)
    await me
      .getByText(String(value('all', '', 'received')), { exact: true })
      .first()
      .waitFor()

    const readCsv = async () => {
      const [saved] = await Promise.all([me.waitForEvent('download'), button(me, 'Сохранить CSV').click()])
      const lines = readFileSync(await saved.path(), 'utf8')
        .slice(1)
        .trim()
        .split('\r\n')
      return { name: saved.suggestedFilename(), lines }
    }
    const count = (lines: string[], start: string) =>
      Number(lines.find((row) => row.startsWith(start))?.slice(start.length))
    await me.getByLabel('Источник', { exact: true }).selectOption('yandex-direct')
    await me.getByRole('rowheader', { name: 'beacon.example' }).waitFor({ state: 'detached' })
    assert.equal(new URL(me.url()).searchParams.get('source'), 'yandex-direct')
    const ofSource = count(
      rows.map((row) => row.join(',')),
      'sources,yandex-direct,received,',
    )
    assert.equal(count((await readCsv()).lines, 'all,,received,'), ofSource)
    await me.getByLabel('За какое время').selectOption('Свои даты')
    const [first, last] = [nextDay(-9, '').slice(0, 10), nextDay(-3, '').slice(0, 10)]
    await me.getByLabel('С какого дня').fill(first)
    await me.getByLabel('По какой день').fill(last)
    await me.waitForURL(
      (now) => now.searchParams.get('from') === first && now.searchParams.get('to') === last,
    )
    await me.reload()
    await me.getByRole('rowheader', { name: 'yandex-direct' }).waitFor()
    const { name, lines } = await readCsv()
    assert.equal(name, `numbers-${first}-${last}.csv`)
    for (const row of [`asked,,first_day,${first}`, `asked,,last_day,${last}`, 'asked,,source,yandex-direct'])
      assert.ok(lines.includes(row), row)
    const ofWeek = count(lines, 'all,,received,')
    assert.ok(ofWeek > 0 && ofWeek < ofSource, `${ofWeek} of ${ofSource}`)
    assert.equal(lines.filter((row) => /^days,.*,received,/.test(row)).length, 7)
    // The end before the beginning: they change places, and nothing breaks.
    await me.getByLabel('По какой день').fill(nextDay(-12, '').slice(0, 10))
    await me.keyboard.press('Enter')
    await me.waitForURL((now) => now.searchParams.get('to') === first)
    await open(me, '/app/numbers?from=2026-02-31&to=nonsense&days=500')
    await me.getByRole('rowheader', { name: 'beacon.example' }).waitFor()
  })

  /** Looks for it in this week, the one before and the one after. */
  async function findInCalendar(page: Page, name: RegExp) {
    await open(page, '/app/calendar')
    await page.getByText('Время: Москва').waitFor()
    const meeting = button(page, name)
    for (const week of ['Неделя раньше', 'Неделя позже', 'Неделя позже']) {
      if ((await meeting.count()) > 0) break
      await button(page, week).click()
      await page.getByText('Время: Москва').waitFor()
      await meeting.waitFor({ timeout: 2000 }).catch(() => {})
    }
    return meeting.first()
  }
  const addMeeting = async (id: number, name: string, status: 'held' | 'booked', fromMin: number) => {
    await addLead(desk.db, id, { contact_name: name })
    await desk.db.query(
      `insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, hold_until, booked_at)
       select $1, 'pavel', $2, at, at + interval '30 min', tstzrange(at, at + interval '30 min', '[)'), 'pavel@beacon.example', $3,
         case when $2 = 'held' then now() + interval '5 min' end, case when $2 = 'booked' then now() end
       from (select now() + $4 * interval '1 minute' as at) place`,
      [id, status, `own${id}`, fromMin],
    )
  }

  test('a held time counts down in the calendar', async () => {
    await addMeeting(7011, 'Пётр Ждущий', 'held', 26 * 60)
    const meeting = await findInCalendar(me, /Пётр Ждущий/)
    const left = async () => {
      const [, number, unit] = /держим ещё (\d+) (мин|с)/.exec((await meeting.textContent()) ?? '') ?? []
      return Number(number) * (unit === 'мин' ? 60 : 1)
    }
    // Over a minute it counts minutes, under it seconds.
    assert.ok((await left()) > 60 && (await left()) <= 300, await meeting.textContent().then(String))
    await desk.db.query(
      `update calendar_events set hold_until = now() + interval '70 s' where lead_id = 7011`,
    )
    await until('the page has the new end', async () => (await left()) <= 70)
    const earlier = await left()
    await until('it counts down', async () => (await left()) < earlier)
    await meeting.click()
    await me
      .getByRole('dialog')
      .getByText(/Придержано до \d\d:\d\d/)
      .waitFor()
    await me.keyboard.press('Escape')
  })

  test('who did not come is marked with one click, and is written to once', async () => {
    await addMeeting(7012, 'Павел Непришедший', 'booked', -10)
    await (await findInCalendar(me, /Павел Непришедший/)).click()
    const dialog = me.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Не пришёл' }).dblclick()
    await me.getByText('Отмечено, ассистент напишет один раз').waitFor()
    await dialog.waitFor({ state: 'detached' })
    assert.deepEqual(
      await rowsOf(
        desk.db,
        `select kind, (select no_show_at is not null from calendar_events where lead_id = 7012) as marked from turns where lead_id = 7012`,
      ),
      [{ kind: 'no_show', marked: true }],
    )
    await (await findInCalendar(me, /Павел Непришедший/)).click()
    await dialog.getByText('Не пришёл', { exact: true }).waitFor()
    assert.equal(await dialog.getByRole('button', { name: 'Не пришёл' }).count(), 0)
    await me.keyboard.press('Escape')
  })

  const nextDay = (days: number, time: string) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}`

  test('all sending is stopped and goes on; the page shouts meanwhile', async () => {
    await open(me, '/app/health')
    await button(me, 'Остановить отправку').click()
    await me.getByRole('textbox').fill('Проверяем тексты')
    await me.getByRole('dialog').getByRole('button', { name: 'Остановить отправку' }).click()
    await me.getByRole('alert').getByText('Вся отправка в Telegram остановлена').waitFor()
    await me.getByText('Проверяем тексты').waitFor()
    await button(me, 'Продолжить отправку').click()
    await button(me, 'Остановить отправку').waitFor()
  })

  test('a hand-over is told on the phone of a colleague within ten seconds, and answered from the page of alerts', async (t) => {
    const id = 7003
    await addLead(desk.db, id, { contact_name: 'Нина Тревожная' })
    const told = async () => {
      const chat = await office.world.control<{ messages: { text: string }[] }>(
        `people/${colleague.id}/chat?accountId=${colleague.botId}`,
      )
      return chat.messages.map(({ text }) => text).join('\n')
    }
    await open(me, '/app/alerts')
    await me.getByText('Не доставлено в Telegram: 1').waitFor()
    const started = performance.now()
    await inTransaction(desk.db, (tx) =>
      setControl(tx, id, { control: 'human', source: 'decision', by: 'ai', reason: 'Спросила о скидке' }),
    )
    await until('the phone rings', async () => (await told()).includes('Нина Тревожная: нужен человек'))
    const tookMs = performance.now() - started
    t.diagnostic(`told after ${Math.round(tookMs)} ms`)
    assert.ok(tookMs < 10_000)
    const row = me.getByRole('listitem').filter({ hasText: 'Нина Тревожная: нужен человек' })
    await row.getByText('Спросила о скидке').waitFor()
    await row.getByText('Telegram: отправлено').waitFor()
    await button(me, 'Кто писал боту').click()
    await me.getByRole('status').getByText(String(colleague.id), { exact: true }).waitFor()
    const channel = (name: string) => me.getByRole('listitem', { name, exact: true })
    await channel('Telegram').getByRole('button', { name: 'Проверить' }).click()
    await channel('Telegram').getByText(`Проверка ушла: ${colleague.id}`).waitFor()
    const mail = channel('Почта')
    await mail.getByText('выключено').waitFor()
    await mail.getByText(/^ALERTS_SMTP_URL=smtps:/).waitFor()
    await mail
      .getByText(/email: \{ from: 'alerts@company.com', to: \['owner-.*@beacon.example'\] \}/)
      .waitFor()
    await mail.getByRole('button', { name: 'Проверить' }).click()
    await mail.getByText('Канал выключен, не хватает: ALERTS_SMTP_URL').waitFor()
    await until('a test arrives', async () => (await told()).includes('Проверка: оповещения сюда доходят'))
    await row.getByRole('button', { name: 'Вижу' }).click()
    await row.getByText('увидел(а) Ирина Соколова').waitFor()
    await row.getByRole('link', { name: 'Ответить' }).click()
    await me.getByRole('heading', { name: 'Нина Тревожная' }).waitFor()
    await me.keyboard.press('t')
    await until('its end is told too', async () => (await told()).includes('Нина Тревожная: лидом занялись'))
  })

  test('a program is connected: it is told by a signed webhook, and asks with a key until that is ended', async (t) => {
    const heard: { type: string; isSigned: boolean }[] = []
    let secret = ''
    const other = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        const event = new Webhook(secret).verify(body, request.headers as Record<string, string>)
        heard.push({ type: (event as { type: string }).type, isSigned: true })
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())

    await open(me, '/app/connections')
    await button(me, 'Добавить').click()
    const dialog = me.getByRole('dialog')
    await dialog.getByLabel('Адрес').fill(`http://127.0.0.1:${(other.address() as AddressInfo).port}/crm`)
    await dialog.getByRole('button', { name: 'Добавить' }).click()
    secret = await dialog.getByLabel('Секрет').inputValue()
    assert.match(secret, /^whsec_/)
    await dialog.getByRole('button', { name: 'Сохранено' }).click()
    await button(me, 'Проверить').click()
    await until('the test event is there', () => heard.some(({ type }) => type === 'test'))
    await addLead(desk.db, 7008, { contact_name: 'Зоя' })
    await inTransaction(desk.db, (tx) =>
      setControl(tx, 7008, { control: 'human', source: 'operator', by: 'Ирина', reason: 'asked' }),
    )
    await until('the hand-over is told', () => heard.some(({ type }) => type === 'lead.handed_off'))

    await button(me, 'Создать ключ').click()
    await dialog.getByLabel('Для чего он?').fill('Отчёт')
    await dialog.getByRole('button', { name: 'Создать ключ' }).click()
    const key = await dialog.getByLabel('Ключ', { exact: true }).inputValue()
    await dialog.getByRole('button', { name: 'Сохранено' }).click()
    const ask = async () =>
      (await fetch(`${url}/console/leads/7008`, { headers: { authorization: `Bearer ${key}` } })).status
    assert.equal(await ask(), 200)
    await button(me, 'Отозвать').click()
    await me.getByText('Ключ больше ничего не открывает').waitFor()
    assert.equal(await ask(), 401)
  })

  test('an invited viewer sees all and can change nothing; the link works once', async () => {
    await open(me, '/app/people')
    await button(me, 'Пригласить').click()
    await me.getByText('Видит всё, ничего не меняет').click()
    await button(me, 'Сделать ссылку').click()
    const link = await me.getByRole('textbox', { name: 'Сделать ссылку' }).inputValue()
    const viewer = await browsers.openPage({ language: 'en', phone: true, theme: 'dark' })
    await viewer.goto(link)
    await viewer.getByLabel('Your name').fill('Max')
    await viewer.getByLabel('E-mail').fill('max@beacon.example')
    await viewer.getByLabel('Password').fill('a long password')
    await button(viewer, 'Come in').click()
    await viewer.getByText('Emily Carter').click()
    await viewer.getByText('You may look, not write.').waitFor()
    assert.equal(await button(viewer, 'Take over').count(), 0)
    const again = await browsers.openPage({ language: 'en' })
    await again.goto(link)
    await again.getByLabel('Your name').fill('Max')
    await again.getByLabel('E-mail').fill('other@beacon.example')
    await again.getByLabel('Password').fill('a long password')
    await button(again, 'Come in').click()
    await again.getByText('This link was used or has run out').waitFor()
    await viewer.context().close()
    await again.context().close()
  })

  const looks: [name: string, look: Look][] = [
    ['ru, light, desktop', { language: 'ru' }],
    ['en, dark, phone', { language: 'en', theme: 'dark', phone: true }],
  ]
  for (const [name, look] of looks)
    test(`axe finds nothing on any page: ${name}`, async () => {
      const page = await browsers.openPage(look)
      // A colour that is on its way from one to another is neither; nothing is on its way for who wants less motion.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto(`${url}/`)
      await page.locator('input[name=password]').waitFor()
      const found = [await listProblems(page, 'the door')]
      await comeIn(page, desk, url, look)
      const id = ids.get('Мария Ковалёва')
      for (const [path, text] of [
        [`/app/inbox/all?lead=${id}`, 'Во вторник до обеда'],
        [`/app/inbox/all?lead=${id}&side=why`, 'во вторник до обеда'],
        ['/app/inbox/attention', 'Дмитрий Орлов'],
        ['/app/calendar', look.language === 'ru' ? 'Время: Москва' : 'Times of Moscow'],
        ['/app/numbers', look.language === 'ru' ? 'Состоялись' : 'Held'],
        ['/app/health', 'olga@beacon.example'],
        ['/app/alerts', 'Telegram'],
        ['/app/connections', 'crm'],
        ['/app/setup', look.language === 'ru' ? 'Языковые модели' : 'Language models'],
        ['/app/setup?part=business', look.language === 'ru' ? 'Ничего не изменено' : 'Nothing is changed'],
        ['/app/setup?part=knowledge', look.language === 'ru' ? 'Что можно утверждать' : 'What it may state'],
        [
          '/app/setup?part=playground',
          look.language === 'ru' ? 'Пусть напишет первым' : 'Let it write first',
        ],
        ['/app/people', 'Max'],
        ['/app/audit', 'max@beacon.example'],
        ['/app/cases', look.language === 'ru' ? 'Ошибок пока не отмечали' : 'Nothing has been marked yet'],
      ] as const) {
        await open(page, path)
        await page.getByText(text).filter({ visible: true }).first().waitFor()
        found.push(await listProblems(page, path))
      }
      assert.deepEqual(found.flat(), [])
      await page.context().close()
    })

  async function listProblems(page: Page, where: string): Promise<string[]> {
    await page.evaluate(axe)
    const { violations } = (await page.evaluate(
      `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
    )) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary }) =>
            `${where}: ${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`,
        ),
    )
  }

  test('the first load is under 250 kB of script', () => {
    const dist = join(import.meta.dirname, '../../console/dist')
    const page = readFileSync(join(dist, 'index.html'), 'utf8')
    const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name!)
    const bytes = (names: string[]) =>
      names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0)
    assert.ok(first.length > 0 && bytes(first) < 250_000, `${bytes(first)} bytes`)
    assert.ok(bytes(globSync('assets/*.js', { cwd: dist })) < 300_000)
  })

  test('no page met an error of its own, nor broke the policy of the page', () => {
    assert.deepEqual(browsers.problems, [])
  })
})
