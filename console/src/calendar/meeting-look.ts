import type { ConsoleMeeting } from '@lead/contract/console'

/** How a meeting looks by what it is. */
export function meetingLook({ status, noShowAt }: Pick<ConsoleMeeting, 'status' | 'noShowAt'>): string {
  if (noShowAt) return 'border-attention bg-attention-tint text-attention'
  if (status === 'booked') return 'border-booked bg-booked-tint text-booked'
  return 'border-human border-dashed bg-human-tint text-human'
}
