/** Three significant digits, for axis ticks; powers of ten with two. */
export function formatTick(value: number): string {
  return tick(value, needsPower(value));
}

/** The ticks of one axis: powers of ten at all of them where one needs it. */
export function formatTicks(values: readonly number[]): string[] {
  const powers = values.some(needsPower);
  return values.map((value) => tick(value, powers));
}

function needsPower(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e5 || (size > 0 && size < 1e-3);
}

function tick(value: number, power: boolean): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = power ? size.toExponential(1).replace('-', '−') : String(Number(size.toPrecision(3)));
  return value < 0 ? `−${text}` : text;
}

/** Two decimals, never rounded to a certainty that is not there. */
export function formatProbability(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value > 0.995 && value < 1) return '> 0.99';
  if (value > 0 && value < 0.005) return '< 0.01';
  return value.toFixed(2);
}

/** `steps 28–92` for the columns from..to, `to` exclusive. */
export function formatSteps(from: number, to: number): string {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`;
}

/** "1 step", "2 steps". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
