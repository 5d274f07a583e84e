import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Query, leaf } from './query.ts'

const maxPageSize = 250
const defaultPageSize = 50

/** `_links` with `self` for a path under the address that the caller used. */
export const selfLink = (request: FastifyRequest, path: string) => ({
  _links: { self: { href: `${addressOf(request)}${path}` } },
})

const addressOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`

/** Answers one page of `rows` as `_embedded.<name>` with `next` while there is more; 204 when the page is empty. */
export function sendPage<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  rows: Row[],
  view: (row: Row) => object,
  more: object = {},
): object {
  const query = request.query as Query
  const page = positive(leaf(query, 'page')) ?? 1
  const size = Math.min(positive(leaf(query, 'limit')) ?? defaultPageSize, maxPageSize)
  const shown = rows.slice((page - 1) * size, page * size)
  if (shown.length === 0) return reply.code(204).send()
  const links: Record<string, { href: string }> = { self: { href: `${addressOf(request)}${request.url}` } }
  if (rows.length > page * size) links.next = { href: pageAddress(request, page + 1) }
  return { ...more, _page: page, _links: links, _embedded: { [name]: shown.map(view) } }
}

/** Answers the ids of a collection write. */
export const sendWritten = (request: FastifyRequest, name: string, items: object[]) => ({
  ...selfLink(request, request.url.split('?')[0] ?? ''),
  _embedded: { [name]: items },
})

function pageAddress(request: FastifyRequest, page: number): string {
  const url = new URL(request.url, addressOf(request))
  url.searchParams.set('page', String(page))
  return url.href
}

function positive(text: string | undefined): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : undefined
}
