/** Codes of refusals that say: no gradient can be taken here. */
const CODES: readonly string[] = ['unsupported-operator', 'no-gradient-path', 'too-long-to-unroll'];

/** Whether a Refusal of that code says that no gradient can be taken; methods of many runs work all the same. */
export function isGradientRefusal(code: string): boolean {
  return CODES.includes(code);
}
