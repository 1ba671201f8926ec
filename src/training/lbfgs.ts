/** Gives the value at `at` and writes the gradient into `gradient`. */
type Objective = (at: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;

/**
 * L-BFGS (Liu & Nocedal 1989) with backtracking to the Armijo condition, for smooth convex functions. Ends when the
 * gradient's largest part is below `tolerance` (1e-7) of the first one's (or 1e-10), or no step lowers the value.
 * @param most iterations, 500 unless given
 * @param start [n], left as it is
 */
export function minimise(
  evaluate: Objective,
  start: Float64Array,
  { most = 500, tolerance = 1e-7 }: { readonly most?: number; readonly tolerance?: number } = {},
): Float64Array {
  let at = start.slice();
  let gradient = new Float64Array(at.length);
  let value = evaluate(at, gradient);
  const enough = Math.max(1e-10, tolerance * largest(gradient));
  const pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[] = [];
  for (let iteration = 0; iteration < most && largest(gradient) > enough; iteration++) {
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    let step = pairs.length ? 1 : Math.min(1, 1 / largest(gradient));
    const [next, after] = [new Float64Array(at.length), new Float64Array(at.length)];
    let reached = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 40; tries++, step /= 2) {
      for (let i = 0; i < at.length; i++) next[i] = at[i]! + step * direction[i]!;
      reached = evaluate(next, after);
      if (reached <= value + 1e-4 * step * slope) break;
    }
    if (!(reached < value)) break;
    const s = next.map((x, i) => x - at[i]!);
    const y = after.map((x, i) => x - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    [at, gradient, value] = [next, after, reached];
  }
  return at;
}

/** −H·gradient by the two-loop recursion. */
function descent(
  gradient: Float64Array,
  pairs: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[],
): Float64Array {
  const q = gradient.slice();
  const alphas = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, q);
    add(q, y, -alphas[i]!);
  }
  const newest = pairs.at(-1);
  const scale = newest ? 1 / (newest.rho * dot(newest.y, newest.y)) : 1;
  for (let k = 0; k < q.length; k++) q[k]! *= scale;
  for (const [i, { s, y, rho }] of pairs.entries()) add(q, s, alphas[i]! - rho * dot(y, q));
  return q.map((x) => -x);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(into: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i]! += factor * from[i]!;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
