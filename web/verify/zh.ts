import { begin } from './check.ts'
import { WORDS } from './words.zh.ts'

begin(WORDS)
