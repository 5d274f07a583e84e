export function installPackages(options: {
  folder: string
  lockFile: string
  title: string
  neededMegabytes: number
  log: (line: string) => void
  signal?: AbortSignal
}): Promise<boolean>
export function isInstalled(folder: string): boolean
