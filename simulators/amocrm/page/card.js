import { call, el } from './base.js'
import { drawComposer, emptyComposer, makeComposer } from './composer.js'
import { details } from './details.js'
import { drawFeed } from './feed.js'
import { t } from './texts.js'

const panel = document.getElementById('card')
const head = el('div', { class: 'details' })
const feed = el('div', { class: 'feed', tabindex: '0', role: 'log', 'aria-label': t('feed') })
const composer = makeComposer(() => shown)
panel.append(head, el('div', { class: 'side' }, feed, composer))

let shown

/** The id of the lead whose card is open. */
export const shownLead = () => shown

export async function openCard(leadId, world, move) {
  const isOther = shown !== leadId
  shown = leadId
  panel.hidden = false
  mark()
  if (isOther) {
    emptyComposer()
    feed.replaceChildren()
  }
  await drawCard(world, move)
  head.querySelector('.close')?.focus()
}

export function closeCard() {
  if (shown === undefined) return
  const left = shown
  shown = undefined
  panel.hidden = true
  mark()
  document.querySelector(`[data-lead="${left}"]`)?.focus()
}

/** Draws the open card again; does nothing when none is open. What is being written stays. */
export async function drawCard(world, move) {
  if (shown === undefined) return
  let card
  try {
    card = await call(`/_sim/leads/${shown}`)
  } catch {
    closeCard()
    return
  }
  if (card.lead.id !== shown) return
  const focused = head.contains(document.activeElement) ? document.activeElement : undefined
  // A field that is being edited is not taken away; it is drawn when it is left.
  if (!focused?.matches('textarea')) {
    head.replaceChildren(...details(world, card, { move, close: closeCard }))
    if (focused) head.querySelector(`[data-key="${focused.dataset.key}"]`)?.focus()
  }
  drawFeed(feed, world, card)
  drawComposer(card)
}

function mark() {
  for (const node of document.querySelectorAll('.ticket'))
    node.classList.toggle('shown', node.dataset.ticket === String(shown))
}
