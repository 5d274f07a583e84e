import { el } from './base.js'
import { t } from './texts.js'

const menu = document.getElementById('stage-menu')
menu.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const items = [...menu.querySelectorAll('button')]
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length
  items[next].focus()
})

/** Whether the menu is open; the board waits with drawing as long as it is. */
export const isMenuOpen = () => menu.matches(':popover-open')

/** Lists the stages below a button; Escape or a click elsewhere closes it without a choice. */
export function openStageMenu(button, statuses, current, choose) {
  const item = (status) =>
    el(
      'button',
      {
        role: 'menuitemradio',
        'aria-checked': String(status.id === current),
        style: `--stage: ${status.color}`,
        onclick: () => {
          menu.hidePopover()
          button.focus()
          if (status.id !== current) void choose(status)
        },
      },
      status.name,
    )
  menu.setAttribute('aria-label', t('move'))
  menu.replaceChildren(...statuses.filter((one) => one.type === 0 || one.id === current).map(item))
  menu.showPopover()
  const place = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  menu.style.left = `${Math.max(8, Math.min(place.right - width, innerWidth - width - 8))}px`
  menu.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - height - 8))}px`
  menu.querySelector('[aria-checked=true], button')?.focus()
}
