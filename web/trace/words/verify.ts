import type { Language } from '../language.ts'

/** The offer to check the story oneself. What the check itself says is in web/verify. */
export interface VerifyWords {
  readonly heading: string
  readonly offer: string
  readonly button: string
  /** Where the program could not be loaded, or is not the one that this page names. */
  readonly failed: string
  /** To who has no scripts. */
  readonly without: string
  readonly records: string
}

const en: VerifyWords = {
  heading: 'Check it yourself',
  offer:
    'You need not take our word for this page. Your browser can fetch the records behind it, work out every figure again, and check that they stand unchanged in a public, signed log.',
  button: 'Verify this story yourself',
  failed:
    'The checking program could not be loaded, or is not the one that this page names. Nothing was checked.',
  without: 'That needs JavaScript, which is switched off here. The records can be checked elsewhere too:',
  records: 'All records of this story, to check with other tools',
}

const zh: VerifyWords = {
  heading: '亲自核验',
  offer:
    '您不必只听我们说。您的浏览器可以取回本页背后的全部记录，重新计算每个数字，并核对它们是否原样保存在公开、经签名的日志中。',
  button: '亲自核验这个故事',
  failed: '核验程序未能载入，或与本页指定的不符。未做任何核验。',
  without: '核验需要 JavaScript，当前浏览器已将其关闭。也可以用其他工具核验这些记录：',
  records: '下载全部记录，用其他工具核验',
}

export const VERIFY_WORDS: Readonly<Record<Language, VerifyWords>> = { en, zh }
