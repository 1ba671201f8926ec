/** Codes of refusals that say: no gradient can be taken here. */
const CODES: readonly string[] = ['unsupported-operator', 'no-gradient-path', 'too-long-to-unroll'];

export function isGradientRefusal(code: string): boolean {
  return CODES.includes(code);
}
