import { call, el, follow, lang, languageButton } from './base.js'
import { closeCard, drawCard, openCard, shownLead } from './card.js'
import { priceText, reasonOf, t } from './texts.js'

const board = document.getElementById('board')
const dialog = document.getElementById('new-lead')
const alarm = el('span', { class: 'error', role: 'alert' })

document.documentElement.lang = lang
document.title = t('title')
document
  .getElementById('bar')
  .append(
    el('h1', {}, t('title')),
    el('span', { class: 'note' }, t('simulated')),
    alarm,
    el('span', { class: 'grow' }),
    el('button', { class: 'primary', onclick: () => dialog.showModal() }, t('newLead')),
    languageButton(),
  )
fillDialog()
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !dialog.open) closeCard()
})
void follow(draw)

async function draw() {
  const world = await call('/_sim/board')
  const focused = document.activeElement?.dataset?.lead
  const scrolled = board.scrollLeft
  board.replaceChildren(...world.statuses.map((status) => column(world, status)))
  board.scrollLeft = scrolled
  if (focused) board.querySelector(`[data-lead="${focused}"]`)?.focus({ preventScroll: true })
  await drawCard(world)
}

function column(world, status) {
  const leads = world.leads.filter((lead) => lead.statusId === status.id)
  const node = el(
    'section',
    {
      class: 'column',
      'aria-label': status.name,
      ondragover: (event) => {
        event.preventDefault()
        node.classList.add('over')
      },
      ondragleave: () => node.classList.remove('over'),
      ondrop: (event) => {
        event.preventDefault()
        node.classList.remove('over')
        void move(event.dataTransfer.getData('text/plain'), status.id)
      },
    },
    el(
      'h2',
      { style: `border-color: ${status.color}` },
      status.name,
      el('span', { class: 'count' }, String(leads.length)),
    ),
    ...leads.map((lead) => ticket(world, lead)),
    leads.length === 0 && el('p', { class: 'note empty' }, t('noLeads')),
  )
  return node
}

function ticket(world, lead) {
  return el(
    'button',
    {
      class: lead.id === shownLead() ? 'ticket shown' : 'ticket',
      draggable: 'true',
      'data-lead': String(lead.id),
      ondragstart: (event) => event.dataTransfer.setData('text/plain', String(lead.id)),
      onclick: () => openCard(lead.id, world),
    },
    el('strong', {}, lead.name),
    lead.contact && el('span', {}, lead.contact),
    lead.price > 0 && el('span', { class: 'price' }, priceText(lead.price)),
    lead.tags.length > 0 &&
      el(
        'span',
        { class: 'tags' },
        lead.tags.map((tag) => el('span', { class: 'tag' }, tag)),
      ),
  )
}

async function move(leadId, statusId) {
  try {
    await call(`/_sim/leads/${leadId}/move`, { statusId })
    alarm.textContent = ''
  } catch (error) {
    alarm.textContent = reasonOf(error)
  }
}

function fillDialog() {
  const failed = el('p', { class: 'error', role: 'alert' })
  const field = (name, attributes = {}) => el('label', {}, t(name), el('input', { name, ...attributes }))
  const form = el(
    'form',
    { onsubmit: (event) => void create(event, form, failed) },
    el('h2', {}, t('newLead')),
    field('name', { required: true, autocomplete: 'off' }),
    field('phone', { type: 'tel', autocomplete: 'off' }),
    field('telegram', { autocomplete: 'off' }),
    failed,
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
      el('button', { class: 'primary' }, t('create')),
    ),
  )
  dialog.setAttribute('aria-label', t('newLead'))
  dialog.append(form)
}

async function create(event, form, failed) {
  event.preventDefault()
  const contact = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
  try {
    await call('/_sim/leads', { name: contact.name, contact })
    failed.textContent = ''
    form.reset()
    dialog.close()
  } catch (error) {
    failed.textContent = reasonOf(error)
  }
}
