/** The public base of all links, without a slash at its end. */
export function publicUrl(): string {
  const url = process.env['PUBLIC_URL']
  if (url === undefined) throw new Error('PUBLIC_URL is not set')
  return url.replace(/\/$/, '')
}

/** What the QR code says, and all that it says. */
export const passportUrl = (batch: string): string => `${publicUrl()}/b/${batch}`

/** Where people sign in, and come back to from having signed in. */
export const CONSOLE_PATH = '/console/'

/** What an invited person opens. Behind the # a code reaches no server and no log. */
export const invitationLink = (code: string): string => `${publicUrl()}${CONSOLE_PATH}#invitation=${code}`
