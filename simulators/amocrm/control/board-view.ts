import type { Amocrm } from '../amocrm.ts'
import { unixNow } from '../clock.ts'
import { tagsOf } from '../tags.ts'
import type { Lead } from '../world.ts'

/** What the board page shows: pipelines with their columns, the users and a short card of each lead, newest first. */
export function boardView(amo: Amocrm): object {
  const { world } = amo
  const isLeft = (lead: Lead) => !lead.is_deleted
  return {
    timeZone: amo.timeZone,
    statuses: world.pipelines.flatMap((pipeline) => pipeline.statuses),
    pipelines: world.pipelines.map(({ id, name, is_main, statuses }) => ({ id, name, is_main, statuses })),
    users: world.users.map(({ id, name }) => ({ id, name })),
    lossReasons: world.isLossReasonEnabled ? world.lossReasons : [],
    isChannelConnected: world.channel.scopeId !== null,
    fields: world.fields.map(({ id, code, name, type, entity }) => ({ id, code, name, type, entity })),
    leads: world.leads.filter(isLeft).map(shortCard(amo)).toReversed(),
    deleted: world.leads
      .filter((lead) => lead.is_deleted)
      .map(shortCard(amo))
      .toReversed(),
  }
}

const shortCard = (amo: Amocrm) => {
  const { world } = amo
  const now = unixNow()
  return (lead: Lead) => {
    const main = lead.contacts.find((link) => link.is_main)
    const open = world.tasks.filter(
      (task) => task.entity_type === 'leads' && task.entity_id === lead.id && !task.is_completed,
    )
    return {
      id: lead.id,
      name: lead.name,
      price: lead.price,
      statusId: lead.status_id,
      pipelineId: lead.pipeline_id,
      responsibleId: lead.responsible_user_id,
      createdAt: lead.created_at,
      contact: world.contacts.find((one) => one.id === main?.id)?.name ?? null,
      tags: tagsOf(world, lead.tags).map((tag) => tag.name),
      isIncoming: world.unsorted.some((one) => one.lead_id === lead.id && one.state === 'new'),
      isUnread: world.talks.some((talk) => talk.entity_id === lead.id && talk.is_in_work && !talk.is_read),
      tasks: open.length,
      isOverdue: open.some((task) => task.complete_till < now),
    }
  }
}
