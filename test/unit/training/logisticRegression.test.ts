import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minimise } from '../../../src/training/lbfgs.ts';
import { logisticRegression } from '../../../src/training/logisticRegression.ts';

interface Reference {
  readonly lambda: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly coef: readonly number[];
  readonly intercept: readonly number[];
}

describe('logistic regression', () => {
  it('finds the optimum that scikit-learn finds', () => {
    const path = join(import.meta.dirname, '../../fixtures/training/logistic.json');
    const reference: Reference = JSON.parse(readFileSync(path, 'utf8'));
    const found = logisticRegression(Float32Array.from(reference.x), reference.y, {
      classes: 3,
      ridge: reference.lambda,
    });
    reference.coef.forEach((w, i) => {
      assert.ok(Math.abs(found.weights[i]! - w) < 1e-4, `weight ${i}: ${found.weights[i]} for ${w}`);
    });
    // The biases are free up to a number added to all.
    const apart = reference.intercept.map((b, c) => found.bias[c]! - b);
    for (const one of apart) assert.ok(Math.abs(one - apart[0]!) < 1e-4);
  });
});

describe('L-BFGS', () => {
  it('reaches the minimum of a long narrow valley', () => {
    const found = minimise((at, gradient) => {
      const [x, y] = at as unknown as [number, number];
      gradient[0] = 2 * (x - 3) * 1000;
      gradient[1] = 2 * (y + 2);
      return 1000 * (x - 3) ** 2 + (y + 2) ** 2;
    }, new Float64Array(2));
    assert.ok(Math.abs(found[0]! - 3) < 1e-6 && Math.abs(found[1]! + 2) < 1e-5, `${found}`);
  });
});
