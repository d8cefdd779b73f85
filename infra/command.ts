/**
 * Runs an operator's command and ends the process with what it resolves to, 0 for nothing. A mistake is told in its sentence and no more:
 * whoever typed it needs no stack.
 */
export async function runCommand(
  main: (args: readonly string[]) => void | number | Promise<void | number>,
  whenItThrows = 1,
): Promise<void> {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = whenItThrows
  }
}
