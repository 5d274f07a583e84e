/** The language of the page: the ?lang= of its address, else what was chosen last, else the browser's. `ru` or `en`. */
export const lang = (() => {
  const asked =
    new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lang') ?? navigator.language
  return asked.startsWith('ru') ? 'ru' : 'en'
})()

/** @param texts {en: {...}, ru: {...}} @returns a function from key to text in the page's language */
export const texts = (all) => (key) => all[lang][key] ?? all.en[key] ?? key

/** A small button that switches the language and reloads. */
export function languageButton() {
  const other = lang === 'ru' ? 'en' : 'ru'
  return el(
    'button',
    { title: other === 'ru' ? 'Русский' : 'English', onclick: () => switchTo(other) },
    other.toUpperCase(),
  )
}
function switchTo(other) {
  localStorage.setItem('lang', other)
  const url = new URL(location.href)
  url.searchParams.set('lang', other)
  location.href = url.href
}

/** Builds an element. Children that are strings become text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value)
    else if (value === true) node.setAttribute(key, '')
    else if (value !== false && value != null) node.setAttribute(key, value)
  }
  node.append(...children.flat().filter((child) => child != null && child !== false))
  return node
}

/** GET, or POST when there is a body. @throws Error with the text that the simulator gave. */
export async function call(path, body, method = body ? 'POST' : 'GET') {
  const response = await fetch(path, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text || response.statusText)
  return text ? JSON.parse(text) : undefined
}

/** Runs `draw` now and each time the simulator's journal has grown. */
export async function follow(draw) {
  let seen = -1
  for (;;) {
    try {
      const { last } = await call(`/_sim/journal?since=${Math.max(seen, 0)}`)
      if (last !== seen) {
        seen = last
        await draw()
      }
      document.body.classList.remove('offline')
    } catch {
      document.body.classList.add('offline')
    }
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
}
