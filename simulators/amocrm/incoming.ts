import type { World } from './world.ts'

/** Whether this is a lead that nobody has accepted yet. */
export const isIncomingLead = ({ unsorted }: World, leadId: number): boolean =>
  unsorted.some((one) => one.lead_id === leadId && one.state === 'new')

/** Whether this contact came with such a lead, and is hidden until it is accepted. */
export const isHiddenContact = ({ unsorted, traits }: World, contactId: number): boolean =>
  traits.incomingContact === 'hidden' &&
  unsorted.some((one) => one.contact_id === contactId && one.state === 'new')
