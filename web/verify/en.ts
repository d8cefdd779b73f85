import { begin } from './check.ts'
import { WORDS } from './words.en.ts'

begin(WORDS)
