/**
 * The few values everything is drawn from. Colours are those of a nautical chart: paper, pale water, buff land, and
 * magenta for what is marked on it. A test holds all text colours to 4.5:1 on what they
 * stand on, in light and dark.
 */
export const TOKENS = `
:root {
  color-scheme: light dark;
  --paper: #f7f9f9;
  --ink: #13262e;
  --soft: #4c616a;
  --rule: #ccd7da;
  --sea: #0b4f6c;
  --shore: #2e7590;
  --river: #2f8577;
  --near: #5b9bb5;
  --stream: #41687a;
  --water: #dcebf0;
  --land: #f0e5c8;
  --coast: #b29f6d;
  --mark: #a3196b;
  --added: #93a0a5;
  --virgin: #56646b;
  --loss: #b8802d;
  --gone: #7fb0c4;
  --lost: #b3261e;
  --alert: #8c1c13;
  --on-alert: #fff4f1;
  --display: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", Georgia, serif;
  --text: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --gap: clamp(2.75rem, 7vw, 5rem);
}
:root:lang(zh-Hans) {
  --display: "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Microsoft YaHei", serif;
  --text: system-ui, -apple-system, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1a20;
    --ink: #e5eced;
    --soft: #9fb3ba;
    --rule: #2b3f48;
    --sea: #5fb2d4;
    --shore: #4590b0;
    --river: #4aa394;
    --near: #33708b;
    --stream: #7fa6b6;
    --water: #132933;
    --land: #353426;
    --coast: #7d7348;
    --mark: #f283c0;
    --added: #74868d;
    --virgin: #b4c1c6;
    --loss: #d39b48;
    --gone: #3f7288;
    --lost: #ef7168;
    --alert: #7d1d15;
    --on-alert: #ffeeea;
  }
}
`
