/** What an alert is about. `provider`: a provider of models. */
export type AlertKind = 'hand_off' | 'dead_letter' | 'integration' | 'provider'
export const alertChannels = ['telegram', 'email', 'webhook'] as const
export type AlertChannel = (typeof alertChannels)[number]

export type Alert = {
  id: number
  cause: string
  kind: AlertKind
  lead_id: number | null
  subject: string
  detail: string | null
  count: number
  raised_at: Date
  resolved_at: Date | null
  acknowledged_by: string | null
}

/** Told even in quiet hours: nobody is answered while it lasts. */
export const urgentKinds: readonly AlertKind[] = ['integration', 'provider']
