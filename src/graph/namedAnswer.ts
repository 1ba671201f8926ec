/** What the scores of a model are called, the surest first. */
const WORDS = [
  /^((class|cls)_?)?(logits?|scores?)$/,
  /^outputs?$/,
  /^y(_?(hat|pred))?$/,
  /^(pred|preds|predictions?)$/,
  /^(cls|class|classes)$/,
];

/** Of several outputs the one that is called as scores are (`logits`, `head.output`); undefined where none is. */
export function namedAnswer(outputs: readonly string[]): string | undefined {
  const last = (name: string) => name.toLowerCase().split(/[./]/).at(-1)!;
  for (const word of WORDS) {
    const named = outputs.find((name) => word.test(last(name)));
    if (named !== undefined) return named;
  }
  return undefined;
}
