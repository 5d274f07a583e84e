import { call, el, lang } from './base.js'
import { text } from './texts.js'

/** The list of people, and the form for a new one. `open(id)` is called when one is picked or created. */
export function createPeople(open) {
  const list = el('ul', { class: 'people' })
  const form = personForm(open)
  const node = el('nav', { 'aria-label': text('people') }, form, list)

  const draw = (people, openIds) => {
    const newest = people.toSorted((a, b) => (b.last?.at ?? '').localeCompare(a.last?.at ?? ''))
    list.replaceChildren(
      ...newest.map((person) => row(person, openIds.includes(person.id), open)),
      ...(people.length ? [] : [el('li', { class: 'note' }, text('nobody'))]),
    )
  }
  return { node, draw }
}

export const fullName = ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ')

export const avatar = (person) =>
  el(
    'span',
    { class: 'avatar', 'aria-hidden': 'true', style: `--hue: ${(person.id * 47) % 360}` },
    [...person.firstName][0] ?? '?',
  )

function row(person, current, open) {
  const { last, unread } = person
  const known = person.username ? `@${person.username}` : (person.phone ?? '')
  return el(
    'li',
    {},
    el(
      'button',
      { class: 'person', 'aria-current': current && 'true', onclick: () => open(person.id) },
      avatar(person),
      el(
        'span',
        { class: 'lines' },
        el('strong', {}, fullName(person)),
        el('span', { class: 'note' }, last ? last.text || text(last.media) : known),
      ),
      unread > 0 &&
        el('span', { class: 'unread', 'aria-label': `${unread} ${text('unread')}` }, String(unread)),
    ),
  )
}

function personForm(open) {
  const error = el('p', { class: 'error', role: 'alert' })
  const field = (name, more = {}) =>
    el('label', {}, el('span', {}, text(name)), el('input', { name, autocomplete: 'off', ...more }))
  const form = el(
    'form',
    { onsubmit: submit },
    field('firstName', { required: true, maxlength: 64 }),
    field('lastName', { maxlength: 64 }),
    field('username', { placeholder: '@anna' }),
    field('phone', { type: 'tel', placeholder: '+7 900 000-00-00' }),
    field('languageCode', { value: lang, minlength: 2, maxlength: 12 }),
    el(
      'label',
      { class: 'check' },
      el('input', { type: 'checkbox', name: 'phoneHidden' }),
      text('phoneHidden'),
    ),
    error,
    el('button', { class: 'primary' }, text('create')),
  )
  const details = el('details', { class: 'add' }, el('summary', {}, text('add')), form)
  return details

  async function submit(event) {
    event.preventDefault()
    error.textContent = ''
    const filled = [...new FormData(form)].filter(([, value]) => value !== '')
    const person = { ...Object.fromEntries(filled), phoneHidden: form.elements.phoneHidden.checked }
    try {
      const { id } = await call('/_sim/people', person)
      form.reset()
      details.open = false
      open(id)
    } catch (failure) {
      error.textContent = reasonIn(failure)
    }
  }
}

/** What a problem+json answer blames, in the language of the page; else the text as it is. */
function reasonIn(failure) {
  try {
    const { status, errors } = JSON.parse(failure.message)
    return `${text(errors[0].field)}: ${text(status === 409 ? 'taken' : 'invalid')}`
  } catch {
    return failure.message
  }
}
