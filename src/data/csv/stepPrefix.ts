/** What stands before the number of a step, not of a feature: t0, t1, …; wl_1100, wl_1102, … of a spectrum. */
export function isStepPrefix(text: string): boolean {
  return /^(|t|time|step|timestep|v|val|value|s|att|obs|x|wl|wn|wavelength|wavenumber|lambda)[ _.-]?$/i.test(
    text,
  );
}
