import { el } from './base.js'
import { act } from './session.js'
import { t } from './texts.js'

const kinds = ['note', 'chat', 'task']
const labels = { note: 'writeNote', chat: 'writeChat', task: 'writeTask' }
const text = el('textarea', { id: 'words', rows: '2', required: true })
const label = el('label', { for: 'words', class: 'hidden' })
const until = el('input', { type: 'datetime-local', name: 'until', 'aria-label': t('until') })
const hint = el('p', { class: 'note' })
const submit = el('button', { class: 'primary', type: 'submit' })
const tabs = kinds.map((kind) =>
  el('button', { type: 'button', role: 'tab', 'data-kind': kind, onclick: () => choose(kind) }, t(kind)),
)
let chosen = 'note'
let card

/** Where a person writes a note, to the client, or a task. `leadId` gives the lead of the open card. */
export function makeComposer(leadId) {
  const form = el(
    'form',
    { class: 'composer', onsubmit: (event) => void write(event, leadId()) },
    el('div', { class: 'tabs', role: 'tablist' }, tabs),
    hint,
    label,
    text,
    el('div', { class: 'row' }, until, el('span', { class: 'grow' }), submit),
  )
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  return form
}

export function emptyComposer() {
  text.value = ''
  chosen = 'note'
  const tomorrow = new Date(Date.now() + 86_400_000)
  const local = new Date(tomorrow - tomorrow.getTimezoneOffset() * 60_000)
  until.value = local.toISOString().slice(0, 16)
}

export function drawComposer(shown) {
  card = shown
  choose(chosen)
}

function choose(kind) {
  chosen = kind
  for (const tab of tabs) tab.setAttribute('aria-selected', String(tab.dataset.kind === kind))
  const noChat = kind === 'chat' && !card?.chat
  hint.textContent = noChat ? t('noChat') : kind === 'chat' && !card.chat.isConnected ? t('notConnected') : ''
  hint.hidden = hint.textContent === ''
  text.disabled = noChat
  submit.disabled = noChat
  until.hidden = kind !== 'task'
  until.required = kind === 'task'
  label.textContent = t(labels[kind])
  text.placeholder = t(labels[kind])
  submit.textContent = t(kind === 'chat' ? 'send' : 'add')
}

async function write(event, leadId) {
  event.preventDefault()
  const body = { text: text.value }
  if (chosen === 'task') body.completeTill = Math.floor(new Date(until.value).getTime() / 1000)
  submit.disabled = true
  const isDone = await act(`/_sim/leads/${leadId}/${chosen}`, body)
  submit.disabled = false
  if (isDone) text.value = ''
  text.focus()
}
