/** The one client that the token endpoint knows. */
export type OAuthClient = { clientId: string; clientSecret: string; refreshToken: string; scopes: string[] }

export const scopePrefix = 'https://www.googleapis.com/auth/'
