import type { Account } from './account.ts'

/** The data centre of whoever says nothing else; the one that clients come to first. */
export const firstCenter = 2

/** The data centres and their ports. A login belongs to one of them, and so does an account. */
export type Centers = Map<number, number>

export const homeOf = ({ dcId = firstCenter }: Pick<Account, 'dcId'>): number => dcId
