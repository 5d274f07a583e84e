/** A process that carries out a booking and is killed on the way: `node dying-booking.ts '{...}'`. See booking-crash.test.ts. */
import { writeFileSync } from 'node:fs'
import { carryOutBooking } from './carry-out-booking.ts'
import { openApp } from '../../api/src/testing/open-app.ts'

const { databaseUrl, google, lease, moment, point } = JSON.parse(process.argv[2]!) as {
  databaseUrl: string
  google: { url: string; token: string }
  lease: { turnId: number; fencing: number }
  /** When it dies: at once, or at the fault point of the API that comes next. */
  moment: string
  point: string | null
}
const app = openApp(databaseUrl)
await carryOutBooking(app, lease, google, (reached) => {
  if (reached !== moment) return
  if (point === null) process.kill(process.pid, 'SIGKILL')
  else writeFileSync(process.env['FAULT_POINT_FILE']!, point)
})
await app.db.end()
