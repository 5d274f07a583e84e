import { call, el, follow, lang, languageButton } from './base.js'
import { closeCard, drawCard, openCard, shownLead } from './card.js'
import { askLossReason, fillNewLead, openNewLead } from './dialogs.js'
import { act, chooseMe, session } from './session.js'
import { isMenuOpen } from './stage-menu.js'
import { priceText, t } from './texts.js'
import { ticket } from './ticket.js'

const won = 142
const lost = 143
const board = document.getElementById('board')
const pipelines = el('select', { 'aria-label': t('pipeline'), onchange: () => void choosePipeline() })
const people = el('select', { id: 'me', onchange: () => chooseMe(Number(people.value)) })
const search = el('input', {
  type: 'search',
  placeholder: t('search'),
  'aria-label': t('search'),
  oninput: () => {
    session.search = search.value.toLowerCase()
    drawColumns()
  },
})
let world

document.documentElement.lang = lang
document.title = t('title')
document
  .getElementById('bar')
  .append(
    el('h1', {}, t('title')),
    el('span', { class: 'note' }, t('simulated')),
    pipelines,
    search,
    el('span', { class: 'grow' }),
    el('label', { class: 'me', for: 'me' }, t('me')),
    people,
    el('button', { class: 'primary', onclick: openNewLead }, t('newLead')),
    languageButton(),
  )
fillNewLead()
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]') && !isMenuOpen()) closeCard()
})
let isPressed = false
board.addEventListener('pointerdown', () => (isPressed = true))
for (const end of ['pointerup', 'pointercancel', 'dragend'])
  document.addEventListener(end, () => {
    isPressed = false
    void draw()
  })
document.getElementById('stage-menu').addEventListener('toggle', (event) => {
  if (event.newState === 'closed') void draw()
})
void follow(draw)

// A column that is replaced under a press, a drag or an open menu would take it along; all draw when they end.
const isHeld = () => isPressed || document.querySelector('.dragged') !== null || isMenuOpen()

async function draw() {
  if (isHeld()) return
  const fresh = await call('/_sim/board')
  if (isHeld()) return
  world = fresh
  session.pipelineId ??= world.pipelines.find((one) => one.is_main)?.id
  fillBar()
  drawColumns()
  await drawCard(world, move)
}

function fillBar() {
  const fill = (select, rows, current) =>
    select.replaceChildren(
      ...rows.map((one) => el('option', { value: String(one.id), selected: one.id === current }, one.name)),
    )
  if (document.activeElement !== pipelines) fill(pipelines, world.pipelines, session.pipelineId)
  pipelines.hidden = world.pipelines.length < 2
  if (!world.users.some((user) => user.id === session.me)) session.me = (world.users[1] ?? world.users[0])?.id
  if (document.activeElement !== people) fill(people, world.users, session.me)
}

async function choosePipeline() {
  session.pipelineId = Number(pipelines.value)
  pipelines.blur()
  await draw()
}

function drawColumns() {
  if (!world) return
  const { statuses } = world.pipelines.find((one) => one.id === session.pipelineId)
  const focused = document.activeElement?.dataset?.lead
  const scrolled = board.scrollLeft
  const tops = new Map([...board.children].map((one) => [one.dataset.column, one.lastChild.scrollTop]))
  const columns = statuses.map((status) => column(statuses, status, world.leads.filter(isSeen(status))))
  if (world.deleted.length > 0) columns.push(column(statuses, undefined, world.deleted.filter(isSeen())))
  board.replaceChildren(...columns)
  board.scrollLeft = scrolled
  for (const node of columns) node.lastChild.scrollTop = tops.get(node.dataset.column) ?? 0
  if (focused) board.querySelector(`[data-lead="${focused}"]`)?.focus({ preventScroll: true })
}

const isSeen = (status) => (lead) =>
  lead.pipelineId === session.pipelineId &&
  (status === undefined || lead.statusId === status.id) &&
  [lead.name, lead.contact ?? '', String(lead.id), ...lead.tags].some((text) =>
    text.toLowerCase().includes(session.search),
  )

function column(statuses, status, leads) {
  const sum = leads.reduce((all, lead) => all + lead.price, 0)
  const how = { open: (id) => openCard(id, world, move), move, statuses }
  const node = el(
    'section',
    {
      class: status ? 'column' : 'column bin',
      'data-column': String(status?.id ?? 'deleted'),
      'aria-label': status?.name ?? t('deleted'),
      ondragover: (event) => {
        if (status?.type !== 0) return
        event.preventDefault()
        node.classList.add('over')
      },
      ondragleave: (event) => {
        if (!node.contains(event.relatedTarget)) node.classList.remove('over')
      },
      ondrop: (event) => {
        event.preventDefault()
        node.classList.remove('over')
        if (status?.type === 0) void move(Number(event.dataTransfer.getData('text/plain')), status)
      },
    },
    el(
      'header',
      { style: `--stage: ${status?.color ?? '#999'}` },
      el('h2', {}, status?.name ?? t('deleted')),
      el('p', { class: 'note' }, `${leads.length}${sum > 0 ? ` · ${priceText(sum)}` : ''}`),
    ),
    el(
      'div',
      { class: 'tickets' },
      leads.map((lead) => ticket(world, lead, { ...how, isShown: lead.id === shownLead() })),
      leads.length === 0 && el('p', { class: 'note empty' }, t('noLeads')),
    ),
  )
  return node
}

/** Moves a lead as a person does: a lost one is asked why, an incoming one is accepted on its way. */
async function move(leadId, status) {
  const lead = [...world.leads, ...world.deleted].find((one) => one.id === leadId)
  if (!lead) return
  if (lead.isIncoming && status.id !== won && status.id !== lost && status.type === 0) {
    await act(`/_sim/leads/${leadId}/accept`, { statusId: status.id })
    return
  }
  const body = { statusId: status.id, pipelineId: lead.pipelineId }
  if (status.id === lost && world.lossReasons.length > 0) {
    const reason = await askLossReason(world.lossReasons)
    if (reason === undefined) return
    body.lossReasonId = reason
  }
  await act(`/_sim/leads/${leadId}/move`, body)
}
