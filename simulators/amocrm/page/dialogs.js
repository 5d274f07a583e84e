import { el } from './base.js'
import { act } from './session.js'
import { t } from './texts.js'

const newLead = document.getElementById('new-lead')
const lost = document.getElementById('lost')

const actions = (dialog, label) =>
  el(
    'div',
    { class: 'actions' },
    el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
    el('button', { class: 'primary', type: 'submit' }, label),
  )

export function openNewLead() {
  newLead.querySelector('form').reset()
  newLead.showModal()
}

/** Makes the dialog for a new lead, once. */
export function fillNewLead() {
  const field = (name, attributes = {}) => el('label', {}, t(name), el('input', { name, ...attributes }))
  const form = el(
    'form',
    { onsubmit: (event) => void create(event, form) },
    el('h2', {}, t('newLead')),
    field('name', { required: true, autocomplete: 'off' }),
    field('phone', { type: 'tel', autocomplete: 'off' }),
    field('telegram', { autocomplete: 'off' }),
    el('label', { class: 'check' }, el('input', { name: 'incoming', type: 'checkbox' }), t('asIncoming')),
    actions(newLead, t('create')),
  )
  newLead.setAttribute('aria-label', t('newLead'))
  newLead.append(form)
}

async function create(event, form) {
  event.preventDefault()
  const { incoming, ...contact } = Object.fromEntries(
    [...new FormData(form)].filter(([, value]) => value !== ''),
  )
  const path = incoming ? '/_sim/unsorted' : '/_sim/leads'
  if (await act(path, { name: contact.name, contact })) newLead.close()
}

/** Asks why a lead is lost. Resolves with a reason's id, null for none, or undefined when it was called off. */
export function askLossReason(reasons) {
  return new Promise((resolve) => {
    let answer
    const select = el(
      'select',
      { name: 'reason' },
      el('option', { value: '' }, t('noReason')),
      reasons.map((one) => el('option', { value: String(one.id) }, one.name)),
    )
    const form = el(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault()
          answer = select.value === '' ? null : Number(select.value)
          lost.close()
        },
      },
      el('h2', {}, t('lossReason')),
      el('label', {}, t('reason'), select),
      actions(lost, t('closeAsLost')),
    )
    lost.setAttribute('aria-label', t('lossReason'))
    lost.replaceChildren(form)
    lost.addEventListener('close', () => resolve(answer), { once: true })
    lost.showModal()
  })
}
