import type { GoogleAnswer, Proposal, TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { advanceBooking } from '../../api/src/meetings/advance-booking.ts'
import { startWork } from '../../api/src/process/work.ts'
import { addExecution, openExecutions } from '../../api/src/testing/n8n-executions.ts'
import { addLead, offerIn, proposal, rowsOf } from '../../api/src/testing/seed.ts'
import { startStandInN8n } from '../../api/src/testing/stand-in-n8n.ts'
import { completeTurn } from '../../api/src/turns/complete-turn.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { sendTurnMessage, updateCrmForTurn } from '../../api/src/turns/turn-effects.ts'
import { type Desk, type Office, openOffice, outboxOf, quick, until } from '../telegram/open-office.ts'
import { comeIn, openBrowsers, password, serveConsole, skip } from './open-console.ts'

describe('how a human works with the assistant, in a browser', { skip }, () => {
  let office: Office
  let desk: Desk
  let url: string
  let browsers: Awaited<ReturnType<typeof openBrowsers>>
  let n8n: Awaited<ReturnType<typeof startStandInN8n>>
  let work: { stop: () => Promise<void> }
  let closeServer: () => Promise<void>
  const ends: (() => Promise<void>)[] = []

  before(async () => {
    n8n = await startStandInN8n()
    // Not `after` itself: called in a hook it would end with the hook.
    office = await openOffice({ after: (end) => void ends.push(end) })
    desk = await office.openDesk({ ...quick, variables: { ...quick.variables, N8N_URL: n8n.url } })
    await saveSellers(desk)
    const served = await serveConsole(desk)
    url = served.url
    closeServer = served.close
    work = startWork(desk)
    browsers = await openBrowsers()
  })
  after(async () => {
    await browsers?.close()
    await closeServer?.()
    await work?.stop()
    for (const end of ends) await end()
    await n8n?.close()
  })

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
  const chatOf = async (person: number) =>
    (await office.world.control<{ messages: { text: string }[] }>(`people/${person}/chat`)).messages.map(
      ({ text }) => text,
    )

  /** The person has it on the phone; if not, what became of our messages is said. */
  const arrives = (person: number, words: string) =>
    until(words, async () => (await chatOf(person)).some((text) => text.includes(words)), 45_000).catch(
      async () => assert.fail(`${words}: ${JSON.stringify(await outboxOf(desk))}`),
    )

  /** A lead who writes to us, and whose first words were understood. */
  async function startTalk(id: number, username: string, name: string) {
    const person = await office.world.addPerson({ username })
    await addLead(desk.db, id, { contact_name: name, telegram_username: username })
    const say = async (text: string) => {
      await office.world.control(`people/${person.id}/say`, { text })
      await until(`"${text}" is kept`, async () => {
        const { rowCount } = await desk.db.query('select from messages where lead_id = $1 and text = $2', [
          id,
          text,
        ])
        return rowCount
      })
    }
    return { person: person.id, say }
  }

  /** What n8n does with a turn of this lead: it thinks. */
  async function think(leadId: number, decided: Proposal): Promise<void> {
    await desk.db.query(`update turns set run_at = now() where lead_id = $1 and state = 'pending'`, [leadId])
    desk.wake.up('turns')
    await until('a thought', async () => {
      const [turn] = await rowsOf<{ id: number; fencing: number }>(
        desk.db,
        `update turns set seen_at = clock_timestamp(), seen_message_id = (select max(id) from messages where lead_id = $1 and direction = 'in')
         where lead_id = $1 and state = 'running' and decision is null returning id, fencing`,
        [leadId],
      )
      if (!turn) return false
      const answer = await journalDecision(desk, { turnId: turn.id, fencing: turn.fencing }, decided)
      if ('problem' in answer) assert.fail(`a refused thought: ${answer.problem}`)
      return !('reason' in answer) || answer.reason !== 'another execution has this turn'
    })
  }

  /** What n8n does with a turn that was decided: Google, the words, the card, the end. */
  async function carryOut(leadId: number, ...google: GoogleAnswer[]): Promise<void> {
    const [turn] = await until('the decided turn', () =>
      rowsOf<{ id: number; fencing: number }>(
        desk.db,
        `update turns set lease_until = now() + interval '1 hour'
         where lead_id = $1 and state = 'running' and decision is not null returning id, fencing`,
        [leadId],
      ).then((rows) => (rows.length > 0 ? rows : null)),
    )
    const lease: TurnLease = { turnId: turn!.id, fencing: turn!.fencing }
    await advanceBooking(desk, lease)
    for (const answer of google) await advanceBooking(desk, lease, answer)
    assert.equal((await sendTurnMessage(desk, lease)).outcome, 'queued')
    await updateCrmForTurn(desk, lease)
    assert.equal(await completeTurn(desk, lease), true)
  }

  test('approve mode on a phone: a lead is carried to a booking by taps, and nothing goes out before each', async () => {
    const { person, say } = await startTalk(8001, 'tapped_anna', 'Анна Тапова')
    const page = await browsers.openPage({ language: 'ru', phone: true, theme: 'dark' })
    await comeIn(page, desk, url, { role: 'manager' })
    await page.goto(`${url}/app/inbox/all?lead=8001`)
    await page.getByRole('button', { name: 'Ещё', exact: true }).tap()
    await page.getByRole('menuitem', { name: 'Спрашивать меня перед отправкой' }).tap()
    await page.getByText('Ассистент будет ждать вашего согласия').waitFor()

    await say('Хочу встретиться в среду')
    const offer = offerIn(72)
    const offers = [offer, offerIn(73)]
    await think(8001, proposal({ action: 'offer_times', reply: 'Есть время: [TIMES]' }, { offers }))
    const panel = page.getByRole('region', { name: 'Ассистент предлагает' })
    await panel.getByText(`1) ${offer.label}`).waitFor()
    assert.deepEqual(await chatOf(person), ['Хочу встретиться в среду'])
    await panel.getByRole('button', { name: 'Отправить' }).tap()
    await panel.waitFor({ state: 'detached' })
    await carryOut(8001)
    await arrives(person, offer.label)

    await say('Давайте первое')
    const booking = { action: 'book', offerId: offer.id, reply: 'Записываю: [MEETING]. До встречи!' } as const
    await think(8001, proposal(booking, { offers }))
    await panel.getByText(/и назначит встречу: .+, Ольга/).waitFor()
    assert.deepEqual(await rowsOf(desk.db, 'select from calendar_events where lead_id = 8001'), [])
    await panel.getByRole('button', { name: 'Отправить' }).tap()
    await panel.waitFor({ state: 'detached' })
    const event = {
      id: 'e',
      status: 'confirmed',
      etag: '"7"',
      hangoutLink: 'https://meet.example/x',
      start: { dateTime: offer.start },
      extendedProperties: { private: { leadId: '8001' } },
    }
    await carryOut(
      8001,
      { status: 404, body: {} },
      { status: 200, body: { calendars: { 'olga@beacon.example': { busy: [] } } } },
      { status: 200, body: event },
      { status: 200, body: { items: [{ id: 'ours', transparency: 'transparent' }] } },
    )
    await arrives(person, 'meet.example')
    await page.getByRole('log').getByText('meet.example').waitFor()
    assert.deepEqual(
      await rowsOf(
        desk.db,
        'select m.status, l.stage from calendar_events m join leads l on l.id = m.lead_id where l.id = 8001',
      ),
      [{ status: 'booked', stage: 'booked' }],
    )
    await page.context().close()
  })

  test('a draft is rewritten, outdated by newer words, or rejected with a reason', async () => {
    const { person, say } = await startTalk(8002, 'edited_boris', 'Борис')
    await desk.db.query('update leads set needs_approval = true where id = 8002')
    const page = await browsers.openPage({ language: 'en' })
    await comeIn(page, desk, url, { role: 'manager', name: 'Irina' })
    await say('Сколько стоит?')
    await think(8002, proposal({ reply: 'Расскажу на встрече.' }))
    await page.goto(`${url}/app/inbox/attention`)
    await page.getByText('A draft waits for you').click()
    const panel = page.getByRole('region', { name: 'The assistant proposes' })
    await panel.getByRole('button', { name: 'Edit' }).click()
    await panel.getByRole('textbox').fill('От 1500 в месяц, Борис.')
    await panel.getByRole('button', { name: 'Send my words' }).click()
    await panel.waitFor({ state: 'detached' })
    await carryOut(8002)
    await arrives(person, 'От 1500 в месяц, Борис.')

    await say('А скидки есть?')
    await think(8002, proposal({ reply: 'Скидок нет.' }))
    await panel.getByText('Скидок нет.').waitFor()
    await say('И ещё: есть ли рассрочка?')
    await panel.waitFor({ state: 'detached' })
    await think(8002, proposal({ reply: 'Рассрочки нет.' }))
    await panel.getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('We do have it')
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await panel.waitFor({ state: 'detached' })
    await until("it is the human's", async () => {
      const [row] = await rowsOf<{ control: string }>(desk.db, 'select control from leads where id = 8002')
      return row?.control === 'human'
    })
    const chat = await chatOf(person)
    assert.ok(!chat.includes('Скидок нет.') && !chat.includes('Рассрочки нет.'), chat.join())

    // A human who has the lead asks for words, and writes them as their own.
    await button(page, 'Suggest an answer').click()
    await page.getByText('The assistant is thinking; nothing goes out').waitFor()
    await think(8002, proposal({ reply: 'Расскажите, пожалуйста, сколько вас человек?' }))
    const hint = page.getByRole('region', { name: 'A suggestion of the assistant' })
    await hint.getByRole('button', { name: 'Start from this' }).click()
    assert.equal(
      await page.getByRole('textbox', { name: 'Reply' }).inputValue(),
      'Расскажите, пожалуйста, сколько вас человек?',
    )
    await page.keyboard.press('Control+Enter')
    await arrives(person, 'Расскажите, пожалуйста, сколько вас человек?')
    await hint.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('put aside, marked wrong, kept searches, the audit log, another password', async () => {
    await addLead(desk.db, 8003, { contact_name: 'Вера Кейсова' })
    await desk.db.query(
      `with place as (insert into conversations (lead_id, channel, account_id, peer_id) values (8003, 'telegram', 'main', 5503) returning id)
       insert into messages (conversation_id, lead_id, direction, author, text, sent_at)
       select id, 8003, 'out', 'ai', 'Мы не работаем с 1С', now() from place`,
    )
    const page = await browsers.openPage({ language: 'ru' })
    await comeIn(page, desk, url, { name: 'Ирина Соколова' })
    await page.goto(`${url}/app/inbox/all?lead=8003`)
    await button(page, 'Неверно').click()
    await page.getByLabel('Верный ответ').fill('С 1С работаем, делали трижды')
    await button(page, 'Сохранить пример').click()
    await button(page, 'Отмечено как неверное').waitFor()
    await page.getByRole('button', { name: 'Ещё', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Отложить до завтрашнего утра' }).click()
    await page
      .getByText(/отложен до/)
      .first()
      .waitFor()
    // And to a day of one's own choice, after it was brought back.
    await page.getByRole('button', { name: 'Ещё', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Вернуть из отложенных' }).click()
    await page.getByText('Лид снова в очереди').waitFor()
    await page.getByRole('button', { name: 'Ещё', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Отложить до выбранного дня' }).click()
    const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
    const picker = page.getByRole('dialog')
    await picker.getByLabel('До').fill('2020-01-01T09:00')
    await picker.getByRole('button', { name: 'Отложить до выбранного дня' }).click()
    assert.equal(await picker.locator('input:invalid').count(), 1)
    await picker.getByLabel('До').fill(`${day}T14:30`)
    await picker.getByRole('button', { name: 'Отложить до выбранного дня' }).click()
    await picker.waitFor({ state: 'detached' })
    await page
      .getByText(/отложен до .*14:30/)
      .first()
      .waitFor()
    // The browser is in Moscow.
    assert.deepEqual(
      await rowsOf<{ until: Date }>(desk.db, 'select snoozed_until as until from leads where id = 8003'),
      [{ until: new Date(`${day}T14:30:00+03:00`) }],
    )

    await page.getByRole('textbox', { name: 'Имя, телефон, слова' }).fill('кейсова')
    await page.getByText('Найдено: 1').waitFor()
    await button(page, 'Сохранить').click()
    await page.getByLabel('Название').fill('Кейсы')
    await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
    await page.goto(`${url}/app/cases`)
    await page.getByText('С 1С работаем, делали трижды').waitFor()
    await page.getByRole('link', { name: 'Кейсы' }).click()
    await page.getByText('Найдено: 1').waitFor()

    await page.goto(`${url}/app/audit`)
    await page.getByText('отметил(а) ответ как неверный').waitFor()
    await page.getByText('отложил(а)').first().waitFor()
    await button(page, /Ирина Соколова/).click()
    await page.getByRole('menuitem', { name: 'Сменить пароль' }).click()
    await page.getByLabel('Нынешний пароль').fill('a wrong one')
    await page.getByLabel('Пароль, не короче 10 знаков').fill('another long password')
    await page.getByRole('dialog').getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText('Нынешний пароль другой.').waitFor()
    await page.getByLabel('Нынешний пароль').fill(password)
    await page.getByRole('dialog').getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText('Пароль изменён').waitFor()

    // Whoever leaves is at the door, and a copy of their cookie opens nothing.
    const stolen = await browsers.openPage({ language: 'ru' })
    await stolen.context().addCookies(await page.context().cookies())
    await stolen.goto(`${url}/app/inbox/all`)
    await stolen.getByText('Вера Кейсова').first().waitFor()
    await button(page, /Ирина Соколова/).click()
    await page.getByRole('menuitem', { name: 'Выйти' }).click()
    await page.locator('input[name=password]').waitFor()
    await stolen.locator('input[name=password]').waitFor()
    await stolen.context().close()
    await page.context().close()
  })

  test('what is kept of a person is given out, and erased for good after its number was typed', async () => {
    const executions = await openExecutions(desk)
    try {
      await addExecution(executions, '[{"leadId":8004,"text":"Забудьте меня"}]')
      await addLead(desk.db, 8004, { contact_name: 'Глеб Забытый', contact_id: 94 })
      await desk.db.query(
        `with place as (insert into conversations (lead_id, channel, account_id, peer_id) values (8004, 'telegram', 'main', 5504) returning id)
         insert into messages (conversation_id, lead_id, direction, author, text, sent_at)
         select id, 8004, 'in', 'lead', 'Забудьте меня', now() from place`,
      )
      const page = await browsers.openPage({ language: 'ru' })
      await comeIn(page, desk, url, { name: 'Ольга Права' })
      await page.goto(`${url}/app/inbox/all?lead=8004`)
      await page.getByRole('button', { name: 'Ещё', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Данные человека' }).click()
      const saved = page.waitForEvent('download')
      await button(page, 'Скачать всё').click()
      const file = await (await saved).path()
      assert.match(readFileSync(file, 'utf8'), /Забудьте меня/)

      const erase = button(page, 'Удалить человека')
      assert.equal(await erase.isDisabled(), true)
      const confirmation = page.getByLabel('Чтобы подтвердить, введите номер сделки: 8004')
      await confirmation.fill('8003')
      assert.equal(await erase.isDisabled(), true)
      await confirmation.fill('8004')
      await erase.click()
      await page.getByText('Удалено.').waitFor()
      await page.getByText('выполнений n8n: 1').waitFor()
      await page.getByText('amoCRM: сделки 8004, контакты 94').waitFor()
      const [proof] = await rowsOf<{ hash: string; by: string }>(
        desk.db,
        `select proof ->> 'hash' as hash, by from erasures`,
      )
      assert.equal(proof!.by, 'Ольга Права')
      await page.getByText(proof!.hash).waitFor()
      await page.keyboard.press('Escape')
      await page.waitForURL((now) => !now.searchParams.has('lead'))
      assert.deepEqual(await rowsOf(desk.db, 'select from messages where lead_id = 8004'), [])
      await page.context().close()
    } finally {
      await executions.end()
    }
  })

  test('no page met an error of its own, nor broke the policy of the page', () => {
    assert.deepEqual(browsers.problems, [])
  })
})
