import { z } from 'zod'
import type { Amocrm } from './amocrm.ts'
import { nextId } from './next-id.ts'
import { unixNow } from './clock.ts'
import { type ValidationError, notSupportedChoice } from './api/problem.ts'
import { findContact } from './contacts.ts'
import { fireTask } from './hooks/feed-hooks.ts'
import { isUser } from './lead-input.ts'
import { findLead } from './leads.ts'
import { integrationUserId } from './seed.ts'
import type { Task } from './world.ts'

const common = {
  entity_id: z.int().nullish(),
  entity_type: z.literal(['leads', 'contacts', 'companies', 'customers']).nullish(),
  task_type_id: z.literal([1, 2]).optional(),
  responsible_user_id: z.int().optional(),
  duration: z.int().optional(),
  is_completed: z.boolean().optional(),
  result: z.strictObject({ text: z.string() }).optional(),
  created_by: z.int().optional(),
  updated_by: z.int().optional(),
  created_at: z.int().optional(),
  updated_at: z.int().optional(),
  request_id: z.union([z.string(), z.int()]).optional(),
}

export const newTaskSchema = z.strictObject({ ...common, text: z.string().min(1), complete_till: z.int() })
export const taskPatchSchema = z.strictObject({
  ...common,
  id: z.int().optional(),
  text: z.string().min(1).optional(),
  complete_till: z.int().optional(),
})
type TaskPatch = z.output<typeof taskPatchSchema>

/** What is wrong with the ids in a task body. */
export function checkTask(amo: Amocrm, input: TaskPatch): ValidationError[] {
  const errors: ValidationError[] = []
  const known =
    input.entity_id == null ||
    (input.entity_type === 'leads' && findLead(amo, input.entity_id)) ||
    (input.entity_type === 'contacts' && findContact(amo, input.entity_id))
  if (!known) errors.push(notSupportedChoice('entity_id'))
  if (!isUser(amo, input.responsible_user_id)) errors.push(notSupportedChoice('responsible_user_id'))
  return errors
}

/** Adds a task, writes the journal and fires `add_task`. The input has been checked. */
export function addTask(amo: Amocrm, input: z.output<typeof newTaskSchema>): Task {
  const now = unixNow()
  const by = input.created_by ?? integrationUserId
  const task: Task = {
    id: nextId(amo.world, 'task'),
    text: input.text,
    entity_type: input.entity_id == null ? null : (input.entity_type ?? null),
    entity_id: input.entity_id ?? null,
    task_type_id: input.task_type_id ?? 1,
    complete_till: input.complete_till,
    duration: input.duration ?? 0,
    is_completed: input.is_completed ?? false,
    result: input.result ?? null,
    responsible_user_id: input.responsible_user_id ?? integrationUserId,
    created_by: by,
    updated_by: input.updated_by ?? by,
    created_at: input.created_at ?? now,
    updated_at: input.updated_at ?? now,
  }
  amo.world.tasks.push(task)
  journalTask(amo, task)
  fireTask(amo, 'add', task)
  amo.changed()
  return task
}

/** Changes a task, writes the journal and fires `update_task`, and `responsible_task` when it was handed over. */
export function updateTask(amo: Amocrm, task: Task, input: TaskPatch): void {
  const { text, responsible_user_id } = task
  task.text = input.text ?? task.text
  task.complete_till = input.complete_till ?? task.complete_till
  task.task_type_id = input.task_type_id ?? task.task_type_id
  task.duration = input.duration ?? task.duration
  task.is_completed = input.is_completed ?? task.is_completed
  task.result = input.result ?? task.result
  task.responsible_user_id = input.responsible_user_id ?? task.responsible_user_id
  if (input.entity_id !== undefined) {
    task.entity_id = input.entity_id
    task.entity_type = input.entity_type ?? null
  }
  task.updated_by = input.updated_by ?? integrationUserId
  task.updated_at = input.updated_at ?? unixNow()
  journalTask(amo, task)
  fireTask(amo, 'update', task, task.text === text ? {} : { text })
  if (task.responsible_user_id !== responsible_user_id)
    fireTask(amo, 'responsible', task, { responsible_user_id })
  amo.changed()
}

/** Removes a task, as a person does; fires `delete_task`. */
export function deleteTask(amo: Amocrm, task: Task, by: number): void {
  amo.world.tasks = amo.world.tasks.filter((one) => one !== task)
  amo.journal.add('task.deleted', {
    taskId: task.id,
    ...(task.entity_type === 'leads' ? { leadId: task.entity_id } : {}),
    by,
  })
  fireTask(amo, 'delete', task)
  amo.changed()
}

function journalTask(amo: Amocrm, task: Task): void {
  amo.journal.add('task', {
    taskId: task.id,
    entityType: task.entity_type,
    entityId: task.entity_id,
    ...(task.entity_type === 'leads' ? { leadId: task.entity_id } : {}),
    text: task.text,
    completeTill: task.complete_till,
    isCompleted: task.is_completed,
    by: task.updated_by,
  })
}
