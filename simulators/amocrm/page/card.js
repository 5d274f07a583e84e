import { call, el } from './base.js'
import { priceText, reasonOf, t, timeText } from './texts.js'

const panel = document.getElementById('card')
const content = el('div', { class: 'content' })
const failed = el('p', { class: 'error', role: 'alert' })
const note = el('textarea', { id: 'note', rows: '2', required: true })
const form = el(
  'form',
  { onsubmit: (event) => void writeNote(event) },
  el('label', { for: 'note' }, t('writeNote')),
  note,
  failed,
  el('button', { class: 'primary' }, t('add')),
)
panel.append(content, form)

let shown

/** The id of the lead whose card is open. */
export const shownLead = () => shown

export async function openCard(leadId, world) {
  if (shown !== leadId) note.value = ''
  shown = leadId
  panel.hidden = false
  mark()
  await drawCard(world)
  content.querySelector('.close')?.focus()
}

export function closeCard() {
  if (shown === undefined) return
  const left = shown
  shown = undefined
  panel.hidden = true
  mark()
  document.querySelector(`[data-lead="${left}"]`)?.focus()
}

/** Draws the open card again; does nothing when none is open. The note that is being written stays. */
export async function drawCard(world) {
  if (shown === undefined) return
  let card
  try {
    card = await call(`/_sim/leads/${shown}`)
  } catch {
    closeCard()
    return
  }
  if (card.lead.id !== shown) return
  const focused = content.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
  content.replaceChildren(...parts(world, card))
  if (focused) content.querySelector(`[data-key="${focused}"]`)?.focus()
}

function mark() {
  for (const ticket of document.querySelectorAll('.ticket')) {
    ticket.classList.toggle('shown', ticket.dataset.lead === String(shown))
  }
}

function parts(world, card) {
  const { lead } = card
  return [
    el(
      'header',
      {},
      el('h2', {}, lead.name),
      el('button', { class: 'close', 'data-key': 'close', onclick: closeCard }, t('close')),
    ),
    el('p', { class: 'note' }, `#${lead.id} · ${timeText(lead.created_at, world.timeZone)}`),
    choice('stage', world.statuses, lead.status_id, (statusId) => act('move', { statusId })),
    choice('responsible', world.users, lead.responsible_user_id, (userId) => act('responsible', { userId })),
    lead.price > 0 && el('p', { class: 'price' }, `${t('price')}: ${priceText(lead.price)}`),
    section(
      'contacts',
      card.contacts.map((one) => [
        el('p', {}, el('strong', {}, one.name)),
        values(world, 'contacts', one.fields),
      ]),
    ),
    section('fields', Object.keys(card.fields).length > 0 ? [values(world, 'leads', card.fields)] : []),
    section('notes', card.notes.map((one) => noteLine(world, one)).toReversed()),
    section(
      'tasks',
      card.tasks.map((task) => taskLine(world, task)),
    ),
  ].filter(Boolean)
}

const section = (key, items) =>
  el(
    'section',
    {},
    el('h3', {}, t(key)),
    items.length > 0 ? items.flat() : el('p', { class: 'note' }, t('none')),
  )

function choice(key, options, current, choose) {
  const select = el(
    'select',
    { 'data-key': key, onchange: () => choose(Number(select.value)) },
    options.map((one) => el('option', { value: String(one.id), selected: one.id === current }, one.name)),
  )
  return el('label', {}, t(key), select)
}

function values(world, entity, filled) {
  const fields = world.fields.filter((field) => field.entity === entity)
  const rows = Object.entries(filled).map(([code, value]) => {
    const field = fields.find((one) => (one.code ?? String(one.id)) === code)
    const shownValue = ['date', 'date_time'].includes(field?.type)
      ? timeText(value, world.timeZone)
      : [value].flat().join(', ')
    return [el('dt', {}, field?.name ?? code), el('dd', {}, shownValue)]
  })
  return el('dl', {}, rows.flat())
}

function taskLine(world, task) {
  const state = task.is_completed ? t('done') : `${t('due')} ${timeText(task.complete_till, world.timeZone)}`
  return el(
    'div',
    { class: 'entry' },
    el('p', {}, task.text),
    el('p', { class: 'note' }, [state, task.result?.text].filter(Boolean).join(' · ')),
  )
}

const noteLine = (world, one) =>
  el(
    'div',
    { class: 'entry' },
    el('p', { class: 'text' }, one.params.text ?? one.note_type),
    el('p', { class: 'note' }, `${one.author ?? t('robot')} · ${timeText(one.created_at, world.timeZone)}`),
  )

async function act(action, body) {
  try {
    await call(`/_sim/leads/${shown}/${action}`, body)
    failed.textContent = ''
    return true
  } catch (error) {
    failed.textContent = reasonOf(error)
    return false
  }
}

async function writeNote(event) {
  event.preventDefault()
  if (await act('note', { text: note.value })) note.value = ''
}
