import { connect } from 'node:net'
import { answersOk } from '../processes/processes.ts'
import type { PlannedProcess } from './plan-service.ts'

export async function isHealthy(health: PlannedProcess['health']): Promise<boolean> {
  if (!health) return true
  return 'url' in health ? answersOk(health.url) : answersPing(health.redisPort)
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(2000, () => socket.destroy())
    socket.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG'))
      socket.destroy()
    })
    socket.once('error', () => {})
    socket.once('close', () => resolve(false))
  })
}
