import { html, type Child, type Html } from '../html.ts'
import type { Language } from '../language.ts'

/** Whom to ask, and to tell that something is wrong. */
export interface ContactWords {
  readonly heading: string
  /** `maker`: whose words this page is made of. */
  readonly ask: (maker: Child, id: Html) => Html
  readonly none: (maker: Child, id: Html) => Html
  readonly privacy: string
}

const en: ContactWords = {
  heading: 'Questions, or something wrong?',
  ask: (maker, id) => html`Ask ${maker}, whose records this page shows, and give the number ${id}.`,
  none: (maker, id) =>
    html`${maker} has recorded no public contact. Ask whoever sold or gave it to you, and give the number ${id}.`,
  privacy:
    'This page names no person, no vessel and no exact position; nor does the data behind it. Opening it leaves no cookie.',
}

const zh: ContactWords = {
  heading: '有疑问或发现问题？',
  ask: (maker, id) => html`请联系${maker}（本页内容依据其登记），并告知批次编号 ${id}。`,
  none: (maker, id) => html`${maker}没有登记公开的联系方式。请向销售方或提供方咨询，并告知批次编号 ${id}。`,
  privacy: '本页及其数据不含任何个人、船只或确切位置的信息，打开本页也不会留下 Cookie。',
}

export const CONTACT_WORDS: Readonly<Record<Language, ContactWords>> = { en, zh }
