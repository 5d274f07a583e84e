import { words } from './compile-pattern.ts'

const familiar = words(String.raw`ты|тебя|тебе|тобой|тво(?:й|я|ё|и|его|ей|ему|им|ю|их)`)

/** Whether a Russian reply addresses the reader with ты. */
export const saysFamiliarYou = (reply: string): boolean => reply.toLowerCase().search(familiar) >= 0
