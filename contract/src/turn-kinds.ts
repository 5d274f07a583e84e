import * as z from 'zod'

/** `operator`: decided by a human through the API; no model is asked. */
export const turnKinds = ['first_touch', 'answer', 'follow_up', 'reminder', 'no_show', 'operator'] as const
export const turnKindSchema = z.enum(turnKinds)
export type TurnKind = z.infer<typeof turnKindSchema>
