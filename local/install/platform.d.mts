export declare const neededNode: number
export declare function packagesFor(platform: string, arch: string): { node?: string; postgres?: string }
export declare function lacksNode(platform: string, arch: string, version: string): string
export declare function lacksPostgres(platform: string, arch: string): string
