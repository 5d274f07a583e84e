import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { accountId } from '../seed.ts'
import { addTask, checkTask, newTaskSchema, taskPatchSchema, updateTask } from '../tasks.ts'
import type { Task } from '../world.ts'
import { readItems, readOne } from './body.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { entityNotFound, notSupportedChoice } from './problem.ts'
import { type Query, branch, inRange, list, oneOf, ordered } from './query.ts'

/** `/tasks` and `/tasks/{id}`. */
export function addTaskRoutes(app: FastifyInstance, amo: Amocrm): void {
  const taskOf = (id: number) => amo.world.tasks.find((task) => task.id === id)
  const change = (request: FastifyRequest, task: Task, body: z.output<typeof taskPatchSchema>) => {
    updateTask(amo, task, body)
    return { id: task.id, updated_at: task.updated_at, ...taskLink(request, task) }
  }

  app.get<{ Querystring: Query }>('/tasks', (request, reply) => {
    const tasks = amo.world.tasks.filter((task) => passes(task, branch(request.query, 'filter')))
    const rows = ordered(tasks, request.query, ['id', 'created_at', 'complete_till'])
    return sendPage(request, reply, 'tasks', rows, (task) => taskView(request, task))
  })

  app.get<{ Params: IdParams }>('/tasks/:id', (request, reply) => {
    const task = taskOf(idOf(request))
    return task ? taskView(request, task) : reply.code(204).send()
  })

  app.post('/tasks', (request) => {
    const items = readItems(newTaskSchema, request.body, (input) => checkTask(amo, input))
    const written = items.map(({ body, requestId }) => {
      const task = addTask(amo, body)
      return { id: task.id, request_id: requestId, ...taskLink(request, task) }
    })
    return sendWritten(request, 'tasks', written)
  })

  app.patch<{ Params: IdParams }>('/tasks/:id', (request) => {
    const id = idOf(request)
    const task = taskOf(id)
    if (!task) throw entityNotFound('tasks', id)
    return change(
      request,
      task,
      readOne(taskPatchSchema, request.body, (input) => checkTask(amo, input)),
    )
  })

  app.patch('/tasks', (request) => {
    const items = readItems(taskPatchSchema.extend({ id: z.int() }), request.body, (input) =>
      taskOf(input.id) ? checkTask(amo, input) : [notSupportedChoice('id')],
    )
    const written = items.flatMap(({ body }) => {
      const task = taskOf(body.id)
      return task ? [change(request, task, body)] : []
    })
    return sendWritten(request, 'tasks', written)
  })
}

function passes(task: Task, filter: Query): boolean {
  const completed = list(filter, 'is_completed')
  return (
    oneOf(filter, 'id', task.id) &&
    oneOf(filter, 'entity_type', task.entity_type) &&
    oneOf(filter, 'entity_id', task.entity_id) &&
    oneOf(filter, 'responsible_user_id', task.responsible_user_id) &&
    oneOf(filter, 'task_type', task.task_type_id) &&
    inRange(filter, 'updated_at', task.updated_at) &&
    (completed?.some((value) => (value === '1' || value === 'true') === task.is_completed) ?? true)
  )
}

const taskLink = (request: FastifyRequest, task: Task) => selfLink(request, `/api/v4/tasks/${task.id}`)

const taskView = (request: FastifyRequest, task: Task) => ({
  ...task,
  group_id: 0,
  result: task.result ?? [],
  account_id: accountId,
  ...taskLink(request, task),
})
