import type { TestContext } from 'node:test'
import { loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { type EvalModel, openModel } from './models/open-model.ts'

/** The simulator as a model; it ends with the test. */
export async function simulatedModel(t: TestContext, named?: string): Promise<EvalModel> {
  const dataDir = makeTemporaryDataFolder()
  t.after(() => removeDataFolder(dataDir))
  const config = loadConfig({ dataDir, environment: { ...process.env, ...simulatedSettings } })
  const model = await openModel(config, named)
  t.after(() => model.close())
  return model
}
