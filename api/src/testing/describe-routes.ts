import { createServer } from '../http/server.ts'
import { openApp } from './open-app.ts'

type Document = { paths: Record<string, unknown> }

/** The OpenAPI document of all routes, of a server that nobody can reach. @param databaseUrl nothing in it is read */
export async function describeRoutes(databaseUrl: string): Promise<Document> {
  const app = openApp(databaseUrl)
  const server = await createServer(app)
  try {
    return (await server.inject('/openapi.json')).json<Document>()
  } finally {
    await server.close()
    await app.db.end()
  }
}
