import * as z from 'zod'
import { notFreeReasonSchema } from './not-free.ts'

/** An instant in ISO 8601 with its offset. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no date')

/** From the first instant, up to the last. */
export const spanSchema = z.object({ from: instantSchema, to: instantSchema })

/** A free time as it is shown to the lead. `label` is in the lead's language and zone. */
export const offerSchema = z
  .object({
    id: z.string().min(1).max(40),
    sellerId: z.string().min(1).max(40),
    start: instantSchema,
    end: instantSchema,
    label: z.string().min(1).max(120),
  })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), 'ends before it starts')
export type Offer = z.infer<typeof offerSchema>

/** Busy times by seller; `holdUntil`: only held, for another lead. A seller who is not named is unknown, not free. */
export const busySchema = z.record(
  z.string(),
  z.array(spanSchema.extend({ holdUntil: instantSchema.optional() })),
)
export type Busy = z.infer<typeof busySchema>

/** For who thinks once more: the busy times as far as they are known by now, and whether Google is asked for them first. */
export const busyAgain = { busy: busySchema.nullable(), askGoogle: z.boolean() }

/** A time that the lead wishes for: a moment, or a span, open at an end that was not said. */
export const wishSchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  point: instantSchema.optional(),
})
export type Wish = z.infer<typeof wishSchema>

/** What the reading of the lead's words brings to the search for free times. */
export const wishesSchema = z.object({
  wishes: z.array(wishSchema),
  /** The lead named a time that can be read in more than one way: ask, do not guess. */
  unclear: z.boolean(),
  /** Whether the assistant needs the calendar to answer at all. */
  needCalendar: z.boolean(),
  /** Whether Google must be asked: needed, and the shared cache does not know. */
  askGoogle: z.boolean(),
})
export type Wishes = z.infer<typeof wishesSchema>

/** What the search found. */
export const freeTimesSchema = z.object({
  offers: z.array(offerSchema).max(10),
  /** null: the lead wished for no time. false: what they wished for is not offered; `notFree` says why. */
  wishFree: z.boolean().nullable(),
  /** Of each wished time, in order; empty when one of them is free. A decision of an older version has none. */
  notFree: z.array(notFreeReasonSchema).max(20).default([]),
  wishUnclear: z.boolean(),
})
export type FreeTimes = z.infer<typeof freeTimesSchema>
