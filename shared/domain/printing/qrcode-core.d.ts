/** The part of `qrcode` that makes a code without drawing it; its types come with the whole. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode'
}
