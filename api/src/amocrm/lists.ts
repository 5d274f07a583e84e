import type { z } from 'zod'
import { AmocrmError, isOfOneCard, isRefusal } from './amocrm-error.ts'
import * as answers from './answers.ts'
import type { Caller } from './caller.ts'

/**
 * What the account does with filters, which are a paid option of it. `ignored`: its answers have what was not asked for. `refused`: it
 * says no. `unsorted`: it ignores the order as well, so that the newest cannot be found.
 */
export type Filters = 'unknown' | 'work' | 'ignored' | 'refused' | 'unsorted'

export type Page<Item> = { items: Item[]; broken: answers.BrokenItem[]; deleted: answers.DeletedItem[] }

/** A question that needs a filter, and how to live without one. Times are unix seconds. */
export type Question<Item> = {
  list: answers.List<Item>
  path: string
  /** Of the address, besides filter and order. */
  query?: string
  filter: string
  order: string
  /** Whether an item is what was asked for. */
  fits: (item: Item) => boolean
  /** The order for a search without a filter: the newest first. */
  newestFirst: string
  /** When an item was made or changed, whatever the order goes by; where the search may end. Null: it is not told. */
  timeOf?: (item: Item) => number | null
  /** Nothing older fits. */
  from?: number
}

/** Ids in one address: servers cut addresses off at 8 KB. */
const idsPerRequest = 100
/** Of a list without a filter: more pages a minute and the account is blocked in the end. */
const mostPages = 4
/** An account may buy the option. */
const askAgainMs = 60 * 60_000

/** Reads lists, page by page and item by item, and believes only the answers that fit the question. */
export function createLists(call: Caller, baseUrl: string, onBroken: (item: answers.BrokenItem) => void) {
  let filters: Filters = 'unknown'
  let noticedAt = 0

  function notice(now: Filters): void {
    filters = now
    noticedAt = Date.now()
  }
  const filtersWork = () => filters === 'unknown' || filters === 'work' || Date.now() - noticedAt > askAgainMs

  /** All pages, by the links that amoCRM gives; only their path is taken, the token goes nowhere else. */
  async function* pages<Item>(list: answers.List<Item>, path: string): AsyncGenerator<Page<Item>> {
    let next: string | null = path
    while (next !== null) {
      const answer: z.output<typeof answers.pageSchema> | undefined = await call(
        answers.pageSchema,
        'GET',
        next,
      )
      if (!answer) return
      yield readPage(list, answer)
      const href: string | undefined = answer._links?.next?.href
      const url: URL | null = href ? new URL(href, baseUrl) : null
      next = url ? url.pathname.replace(/^\/api\/v4/, '') + url.search : null
    }
  }

  function readPage<Item>(list: answers.List<Item>, answer: z.output<typeof answers.pageSchema>): Page<Item> {
    const raw = answer._embedded[list.name]
    if (!raw) throw new AmocrmError(502, `an answer that does not fit: it has no ${list.name}`)
    const page = answers.sieve(list, raw)
    for (const item of page.broken) onBroken(item)
    return page
  }

  async function all<Item>(list: answers.List<Item>, path: string): Promise<Item[]> {
    const found: Item[] = []
    for await (const { items } of pages(list, path)) found.push(...items)
    return found
  }

  /** What fits the question, page by page. Of an account without filters only the newest few pages are looked through. */
  async function* matching<Item>(question: Question<Item>): AsyncGenerator<Page<Item>> {
    const { list, path, query, filter, order, fits, from = 0 } = question
    if (filtersWork()) {
      const address = `${path}?${[query, filter, order].filter(Boolean).join('&')}`
      const asked = pages(list, address)
      try {
        for await (const page of asked) {
          if (!page.items.every(fits)) {
            notice('ignored')
            break
          }
          if (page.items.length > 0 && filters !== 'work') notice('work')
          yield { ...page, ...since(page, from) }
        }
        if (filters !== 'ignored') return
      } catch (error) {
        if (!isRefusal(error)) throw error
        // It may be the filter that it refuses, or the list.
        yield* unfiltered(question)
        notice('refused')
        return
      }
    }
    yield* unfiltered(question)
  }

  async function* unfiltered<Item>(question: Question<Item>): AsyncGenerator<Page<Item>> {
    const { list, path, query, newestFirst, fits, timeOf = () => null, from = 0 } = question
    let left = mostPages
    let last = Number.POSITIVE_INFINITY
    for await (const page of pages(list, `${path}?${[query, newestFirst].filter(Boolean).join('&')}`)) {
      yield { items: page.items.filter(fits), ...since(page, from) }
      for (const time of page.items.map(timeOf)) {
        if (time === null) continue
        if (time > last) notice('unsorted')
        last = time
      }
      left -= 1
      if (left <= 0 || (last < from && filters !== 'unsorted')) return
    }
  }

  /** The cards with these ids. The list leaves some out (deleted, unsorted): those that are missing are asked for one by one. */
  async function byIds<Item extends { id: number }>(
    ids: number[],
    list: answers.List<Item>,
    address: (ids: string) => string,
    single: (id: number) => Promise<Item | undefined>,
  ): Promise<{ found: Map<number, Item>; failed: Map<number, unknown> }> {
    const wanted = [...new Set(ids)]
    const found = new Map<number, Item>()
    const failed = new Map<number, unknown>()
    for (let start = 0; wanted.length > 1 && filtersWork() && start < wanted.length; start += idsPerRequest) {
      const part = wanted.slice(start, start + idsPerRequest)
      const query = part.map((id) => `filter[id][]=${id}`).join('&')
      try {
        for await (const { items } of pages(list, address(`${query}&limit=${idsPerRequest}`))) {
          for (const item of items) if (part.includes(item.id)) found.set(item.id, item)
          if (items.every((item) => part.includes(item.id))) continue
          notice('ignored')
          break
        }
      } catch (error) {
        if (!isRefusal(error)) throw error
        notice('refused')
      }
    }
    for (const id of wanted) {
      if (found.has(id)) continue
      try {
        const item = await single(id)
        if (item) found.set(id, item)
      } catch (error) {
        if (!isOfOneCard(error)) throw error
        failed.set(id, error)
      }
    }
    return { found, failed }
  }

  return { pages, readPage, all, matching, byIds, filters: () => filters }
}

/** What is broken or deleted tells its time at best; what is older is no news. */
const since = ({ broken, deleted }: Omit<Page<unknown>, 'items'>, from: number) => ({
  broken: broken.filter(({ updatedAt }) => updatedAt === null || updatedAt >= from),
  deleted: deleted.filter(({ updatedAt }) => updatedAt === null || updatedAt >= from),
})
