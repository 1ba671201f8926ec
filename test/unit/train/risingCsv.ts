import { createRandom } from '../../../src/random.ts';

/** Series of 6 to 14 steps in raw units: class `up` rises in the first feature, `down` falls. */
export function rows(
  count: number,
  seed: number,
  more: (line: string, n: number) => string = (line) => line,
): string {
  const random = createRandom(seed);
  const lines = ['case,t,label,a,b'];
  for (let n = 0; n < count; n++) {
    const up = n % 2 === 0;
    for (let t = 0, length = 6 + random.integer(9); t < length; t++) {
      const a = 100 + (up ? 3 : -3) * (t - length / 2) + random.normal();
      lines.push(
        more(`s${n},${t},${up ? 'up' : 'down'},${a.toFixed(3)},${(5 * random.normal()).toFixed(3)}`, n),
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
