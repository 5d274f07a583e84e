/** Of a proxy: with everything in it that an address cannot have as it is. */
export const login = { user: 'anna@office', password: 'p:ss/w%rd' }
export const loginInUrl = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}`

/** Lines that hold the password, or another one that begins like it. */
export const leaks = (lines: string[]): string[] =>
  lines.filter((line) => line.includes('p:ss/w') || line.includes('p%3Ass'))
