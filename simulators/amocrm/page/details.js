import { el } from './base.js'
import { act } from './session.js'
import { priceText, t, timeText } from './texts.js'

const won = 142
const lost = 143

/** The left side of a card: what the lead is, and what can be done with it. */
export function details(world, card, { move, close }) {
  const { lead } = card
  const { statuses } = world.pipelines.find((one) => one.id === lead.pipeline_id)
  const stage = statuses.find((one) => one.id === lead.status_id)
  const path = `/_sim/leads/${lead.id}`
  const go = (statusId) => {
    const status = statuses.find((one) => one.id === statusId)
    return move(lead.id, status)
  }
  return [
    el(
      'header',
      { style: `--stage: ${stage?.color ?? '#999'}` },
      el('h2', {}, lead.name),
      el('button', { class: 'close', 'data-key': 'close', 'aria-label': t('close'), onclick: close }, '✕'),
      el('p', { class: 'note' }, `#${lead.id} · ${timeText(lead.created_at, world.timeZone)}`),
      lead.tags.length > 0 &&
        el(
          'p',
          { class: 'tags' },
          lead.tags.map((tag) => el('span', { class: 'tag' }, tag)),
        ),
    ),
    lead.is_deleted && el('p', { class: 'gone' }, t('isDeleted')),
    el('div', { class: 'buttons' }, ...buttons(card, path, go)),
    choice(
      'stage',
      statuses.filter((one) => one.type === 0 || one.id === lead.status_id),
      lead.status_id,
      go,
    ),
    lead.status_id === lost &&
      el('p', { class: 'note' }, `${t('reason')}: ${card.lossReason ?? t('noReason')}`),
    choice('responsible', world.users, lead.responsible_user_id, (userId) =>
      act(`${path}/responsible`, { userId }),
    ),
    ...card.contacts.map((one) => contact(world, one)),
    el('h3', {}, t('fields')),
    fieldList(world, card, path),
  ].filter(Boolean)
}

function buttons(card, path, go) {
  const button = (key, onclick, kind = '') =>
    el('button', { class: kind, 'data-key': `button-${key}`, onclick }, t(key))
  if (card.lead.is_deleted) return [button('restore', () => act(`${path}/restore`), 'primary')]
  if (card.isIncoming) {
    return [
      button('accept', () => act(`${path}/accept`), 'primary'),
      button('decline', () => act(`${path}/decline`)),
    ]
  }
  return [
    button('won', () => go(won), 'good'),
    button('lost', () => go(lost), 'bad'),
    button('delete', () => act(`${path}/delete`)),
  ]
}

function choice(key, options, current, choose) {
  const select = el(
    'select',
    {
      'data-key': key,
      onchange: async () => {
        const wanted = Number(select.value)
        select.value = String(current)
        await choose(wanted)
      },
    },
    options.map((one) => el('option', { value: String(one.id), selected: one.id === current }, one.name)),
  )
  return el('label', {}, t(key), select)
}

function contact(world, one) {
  const rows = Object.entries(one.fields).map(([code, value]) => {
    const field = world.fields.find((other) => other.entity === 'contacts' && codeOf(other) === code)
    return [el('dt', {}, field?.name ?? code), el('dd', {}, [value].flat().join(', '))]
  })
  return el(
    'section',
    {},
    el('h3', {}, t('contacts')),
    el('p', {}, el('strong', {}, one.name)),
    el('dl', {}, rows.flat()),
  )
}

/** The lead's fields; text and price are edited in place and written when the field is left or Enter is pressed. */
function fieldList(world, card, path) {
  const rows = world.fields
    .filter((field) => field.entity === 'leads')
    .map((field) => {
      const code = codeOf(field)
      const value = card.fields[code]
      const shown = ['date', 'date_time'].includes(field.type)
        ? value && timeText(value, world.timeZone)
        : value && [value].flat().join(', ')
      const canEdit = field.code && ['text', 'textarea', 'url'].includes(field.type)
      return [
        el('dt', {}, field.name),
        el(
          'dd',
          {},
          canEdit
            ? edited(`field-${code}`, field.name, value ?? '', (text) =>
                act(`${path}/fields`, { fields: { [code]: text } }),
              )
            : (shown ?? '—'),
        ),
      ]
    })
  const price = edited('price', t('price'), card.lead.price ? String(card.lead.price) : '', (text) =>
    act(`${path}/fields`, { price: Number(text.replaceAll(/\D/g, '')) }),
  )
  price.title = card.lead.price ? priceText(card.lead.price) : ''
  return el('dl', {}, el('dt', {}, t('price')), el('dd', {}, price), rows.flat())
}

function edited(key, label, value, write) {
  return el(
    'textarea',
    {
      'data-key': key,
      'aria-label': label,
      rows: '1',
      placeholder: '—',
      onchange: (event) => void write(event.currentTarget.value),
      onkeydown: (event) => {
        if (event.key !== 'Enter' || event.shiftKey) return
        event.preventDefault()
        event.currentTarget.blur()
      },
    },
    value,
  )
}

const codeOf = (field) => field.code ?? String(field.id)
