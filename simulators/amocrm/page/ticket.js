import { el } from './base.js'
import { openStageMenu } from './stage-menu.js'
import { dayText, priceText, t } from './texts.js'

/** A round sign with the initials of a person; a robot without. */
export function avatar(name) {
  const initials = (name ?? '')
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('')
  const hue = [...(name ?? '')].reduce((sum, char) => sum + char.codePointAt(0) * 7, 0) % 360
  return el(
    'span',
    { class: 'avatar', style: name ? `--hue: ${hue}` : '--hue: 220', title: name ?? t('robot') },
    initials || '⚙',
  )
}

/** One lead on the board: opens with a click or Enter, moves by dragging, its menu, or Alt with the arrow keys. */
export function ticket(world, lead, { isShown, open, move, statuses }) {
  const responsible = world.users.find((user) => user.id === lead.responsibleId)
  const step = (by) => statuses[statuses.findIndex((one) => one.id === lead.statusId) + by]
  return el(
    'article',
    {
      class: isShown ? 'ticket shown' : 'ticket',
      draggable: 'true',
      'data-ticket': String(lead.id),
      ondragstart: (event) => {
        event.dataTransfer.setData('text/plain', String(lead.id))
        event.dataTransfer.effectAllowed = 'move'
        event.currentTarget.classList.add('dragged')
      },
      ondragend: (event) => event.currentTarget.classList.remove('dragged'),
    },
    el(
      'button',
      {
        class: 'open',
        'data-lead': String(lead.id),
        onclick: () => open(lead.id),
        onkeydown: (event) => {
          if (!event.altKey || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return
          event.preventDefault()
          const next = step(event.key === 'ArrowLeft' ? -1 : 1)
          if (next) void move(lead.id, next)
        },
      },
      el('span', { class: 'who' }, lead.contact ?? ''),
      el('strong', {}, lead.name),
      lead.price > 0 && el('span', { class: 'price' }, priceText(lead.price)),
      (lead.tags.length > 0 || lead.isIncoming) &&
        el(
          'span',
          { class: 'tags' },
          lead.isIncoming && el('span', { class: 'tag incoming' }, t('incoming')),
          lead.tags.map((tag) => el('span', { class: 'tag' }, tag)),
        ),
      el(
        'span',
        { class: 'foot' },
        avatar(responsible?.name),
        el('span', { class: 'note' }, dayText(lead.createdAt, world.timeZone)),
        el('span', { class: 'grow' }),
        lead.isUnread && el('span', { class: 'badge unread', title: t('unread') }, '●'),
        lead.tasks > 0 &&
          el(
            'span',
            {
              class: lead.isOverdue ? 'badge late' : 'badge',
              title: t(lead.isOverdue ? 'overdue' : 'tasks'),
            },
            `✓ ${lead.tasks}`,
          ),
      ),
    ),
    el(
      'button',
      {
        class: 'more',
        'aria-label': `${t('move')}: ${lead.name}`,
        title: t('move'),
        onclick: (event) =>
          openStageMenu(event.currentTarget, statuses, lead.statusId, (next) => move(lead.id, next)),
      },
      '⋯',
    ),
  )
}
