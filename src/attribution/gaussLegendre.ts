/**
 * Nodes and weights of n-point Gauss–Legendre quadrature on 0..1 (Golub & Welsch 1969; the roots by Newton's method).
 * @returns [n] each
 */
export function gaussLegendre(n: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let turn = 0; turn < 100; turn++) {
      const { value, derivative } = legendre(n, z);
      slope = derivative;
      const step = value / derivative;
      z -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[n - 1 - i] = (z + 1) / 2;
    weights[n - 1 - i] = 1 / ((1 - z * z) * slope * slope);
  }
  return { nodes, weights };
}

/** P_n(z) and its derivative, by the three-term recurrence. */
function legendre(n: number, z: number): { readonly value: number; readonly derivative: number } {
  let [before, value] = [1, z];
  for (let k = 2; k <= n; k++) {
    [before, value] = [value, ((2 * k - 1) * z * value - (k - 1) * before) / k];
  }
  return { value, derivative: (n * (z * value - before)) / (z * z - 1) };
}
