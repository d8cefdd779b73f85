/** Does all of the work with so many at once, and gives the results in the order of the inputs. */
export async function inParallel<In, Out>(
  inputs: readonly In[],
  inFlight: number,
  work: (input: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const outputs: Out[] = []
  const left = inputs.entries()
  const worker = async (): Promise<void> => {
    for (const [index, input] of left) outputs[index] = await work(input, index)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return outputs
}
