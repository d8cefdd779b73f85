import { createHash } from 'node:crypto'
import { DEMO_PEOPLE, type DemoPerson } from './people.ts'

/** The page that stands in for a sign-in, in both languages. It says of itself what it is. */
const STYLE = `
:root { color-scheme: light dark; --ground: #f1f5f4; --ink: #06222b; --sea: #0b4a5c; --on-sea: #fff; --warn: #8a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #061419; --ink: #f0f7f7; --sea: #8adbe6; --on-sea: #04222a; --warn: #ffb37a; }
}
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.4rem; line-height: 1.3; }
.notice { border: 2px solid var(--warn); color: var(--warn); padding: 0.5rem 0.75rem; font-weight: 600; }
button { display: block; width: 100%; min-height: 3rem; margin: 0.5rem 0; padding: 0.5rem 1rem; border: 0;
  border-radius: 0.4rem; background: var(--sea); color: var(--on-sea); font: inherit; text-align: start; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--warn); outline-offset: 2px; }
`

const styleHash = createHash('sha256').update(STYLE).digest('base64')

/**
 * Nothing from elsewhere, no script, in no frame. The form leads back to where the client waits, which for one on this
 * machine may be another port.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' http://127.0.0.1:* http://localhost:*; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** All of it is ours: nothing that anybody sends is shown. */
export function signInPage(): string {
  return document(`
      <p class="notice" lang="zh-CN">开发用登录，无需密码。</p>
      <p class="notice" lang="en">Development sign-in, no password.</p>
      <h1><span lang="zh-CN">您以谁的身份登录？</span><br /><span lang="en">Who do you sign in as?</span></h1>
      <form method="post">${DEMO_PEOPLE.map(buttonOf).join('')}
      </form>`)
}

export function errorPage(): string {
  return document(`
      <h1 lang="zh-CN">无法登录</h1>
      <p lang="zh-CN">此次登录已失效或请求有误。请返回原来的页面，重新登录。</p>
      <h1 lang="en">Signing in did not work</h1>
      <p lang="en">This sign-in is over, or what asked for it was wrong. Go back to where you came from and start again.</p>`)
}

/** `form` comes from the provider, with the id `op.logoutForm`: whoever sends it without `logout` stays signed in. */
export function signOutPage(form: string): string {
  return document(`
      <h1><span lang="zh-CN">退出登录？</span><br /><span lang="en">Sign out?</span></h1>
      ${form}
      <button autofocus form="op.logoutForm" name="logout" value="yes"><span lang="zh-CN">退出</span> · <span lang="en">Sign out</span></button>
      <button form="op.logoutForm"><span lang="zh-CN">保持登录</span> · <span lang="en">Stay signed in</span></button>`)
}

const buttonOf = ({ subject, name }: DemoPerson): string => `
        <button name="person" value="${subject}"><span lang="zh-CN">${name.zh}</span> · <span lang="en">${name.en}</span></button>`

const document = (main: string): string => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>开发用登录 · Development sign-in</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>${main}
    </main>
  </body>
</html>
`
