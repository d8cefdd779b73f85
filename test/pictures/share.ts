import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { PLACES } from '../../shared/domain/geo/places.ts'
import { LANGUAGES, type Language } from '../../shared/domain/organisation.ts'
import { COAST } from '../../web/trace/map/coast.ts'
import { CHART, isOnChart, project } from '../../web/trace/map/projection.ts'
import { PREVIEW } from '../../web/trace/preview.ts'

/**
 * The pictures that apps show of a link that is passed on: one for any batch, one for what must not be used, in each
 * language. They say nothing of the batch itself, which its title and description do; so they are made once and served
 * as files, and a scan costs nothing more for them.
 */
const FOLDER = fileURLToPath(new URL('../../web/share', import.meta.url))

const WORDS: Readonly<Record<Language, Readonly<Record<'page' | 'held', readonly [string, string]>>>> = {
  en: {
    page: ['Where this plastic was collected', 'Every stage, every kilogram, on record.'],
    held: ['Read this first', 'It is on hold, or was recorded in error.'],
  },
  zh: {
    page: ['这些塑料收集自哪里', '每个环节、每一千克，都有记录。'],
    held: ['请先阅读', '已被冻结，或系误录。'],
  },
}

export async function makeSharePictures(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: PREVIEW })
  for (const lang of LANGUAGES) {
    for (const kind of ['page', 'held'] as const) {
      await page.setContent(pictureOf(kind, lang))
      await writeFile(join(FOLDER, `${kind}-${lang}.png`), await page.screenshot())
    }
  }
  await page.close()
}

function pictureOf(kind: 'page' | 'held', lang: Language): string {
  const [title, text] = WORDS[lang][kind]
  const [paper, ink, soft, sea] =
    kind === 'page'
      ? ['#f7f9f9', '#13262e', '#4c616a', '#0b4f6c']
      : ['#8c1c13', '#fff4f1', '#fff4f1', '#fff4f1']
  const display = lang === 'zh' ? "'Noto Serif CJK SC', serif" : "'Noto Serif', 'DejaVu Serif', serif"
  const marks = PLACES.filter(isOnChart).map((place) => {
    const { x, y } = project(place)
    return `<circle cx="${x}" cy="${y}" r="5"/>`
  })
  const chart = `<svg viewBox="0 0 ${CHART.width} ${CHART.height}" style="position:absolute;right:0;top:0;height:630px;width:560px;background:#dcebf0" preserveAspectRatio="xMidYMid slice"><path d="${COAST}" fill="#f0e5c8" stroke="#b29f6d"/><g fill="#a3196b" fill-opacity=".75">${marks.join('')}</g></svg>`
  return `<html lang="${lang === 'zh' ? 'zh-Hans' : 'en'}"><body style="margin:0;background:${paper};color:${ink};font-family:'Noto Sans','DejaVu Sans','Noto Sans CJK SC',sans-serif;overflow:hidden">
    ${kind === 'page' ? chart : ''}
    <div style="position:absolute;left:72px;top:64px;font-size:34px;font-weight:600;display:flex;gap:16px;align-items:center">
      <svg width="52" height="52" viewBox="0 0 24 24" fill="${sea}"><circle cx="12" cy="8" r="4.5"/><path d="M2 18q5-5 10 0t10 0" fill="none" stroke="${sea}" stroke-width="2"/></svg>Tidemark</div>
    <div style="position:absolute;left:72px;width:${kind === 'page' ? 520 : 1050}px;bottom:72px">
      <div style="font:500 ${kind === 'page' ? 66 : 96}px/1.15 ${display}">${title}</div>
      <div style="font-size:32px;line-height:1.45;margin-top:28px;color:${soft}">${text}</div>
    </div></body></html>`
}
