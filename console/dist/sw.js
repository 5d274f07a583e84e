/*
 * The page opens without a network, and says so itself; what it knows of leads is never kept here. Alerts are shown while it is closed.
 */
const kept = 'console-1'
const shell = '/app'
/** Files have a hash in their names: what is kept is never stale, only more than needed. */
const mostFiles = 80

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll([shell, '/icon.svg'])))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(openPage(request))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg')
    event.respondWith(openFile(request))
})

async function openPage(request) {
  const cache = await caches.open(kept)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(shell, answer.clone())
    return answer
  } catch {
    return (await cache.match(shell)) ?? Response.error()
  }
}

async function openFile(request) {
  const cache = await caches.open(kept)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) {
    await cache.put(request, answer.clone())
    const files = (await cache.keys()).filter(({ url }) => url.includes('/assets/'))
    await Promise.all(files.slice(0, -mostFiles).map((file) => cache.delete(file)))
  }
  return answer
}

self.addEventListener('push', (event) => {
  const { title, body, url, tag } = event.data.json()
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      data: { url },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const to = new URL(event.notification.data.url, location.origin).href
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then(async ([open]) => {
      if (!open) return self.clients.openWindow(to)
      await open.focus()
      return open.navigate(to)
    }),
  )
})
