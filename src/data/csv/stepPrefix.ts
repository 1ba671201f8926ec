/** What stands before the number of a step, not of a feature: t0, t1, … */
export function isStepPrefix(text: string): boolean {
  return /^(|t|time|step|timestep|v|val|value|s|att|obs|x)[ _.-]?$/i.test(text);
}
