import { principalComponent } from '../principalComponent.ts';
import type { Inquiry } from './inquiry.ts';
import type { RunsMethod } from './method.ts';

export const eigencam: RunsMethod<'eigencam'> = {
  kind: 'runs',
  id: 'eigencam',
  label: 'Eigen-CAM',
  formula: 'first principal component of A over positions; sign by correlation with Grad-CAM',
  paper: 'Muhammad & Yeasin 2020',
  caveat:
    'It knows no answer: it shows where the layer varies most, and the step from series to padding is often just that; a flat map on padding says nothing about its use.',
  at: 'layer',
  needsGradient: false,
  relu: true,
  realOnly: 'the component is found on real positions, and shown for all of them',
  isLinear: false,
  options: [],
  isQuick: true,
  async explain({ layer, scores, realOnly }: Inquiry) {
    const { positions, channels, real } = layer!;
    const columns = positions.at(-1)!;
    const activation = await layer!.activation();
    const counts = (cell: number) => !realOnly || real[cell % columns] === 1;
    const component = principalComponent(activation, channels, counts);
    const guides = await layer!.gradcam();
    return {
      maps: scores.map((_, i) => {
        const guide = guides?.[i] ?? meanChannel(activation, channels);
        const sign = alike(component, guide) < 0 ? -1 : 1;
        return component.map((value) => sign * value);
      }),
      findings: guides
        ? []
        : [
            {
              code: 'sign-by-activation',
              severity: 'info',
              sentence:
                'No gradient can be taken at this layer, so the sign of the component is that of the mean activation, not of Grad-CAM: it does not tell for from against.',
            },
          ],
    };
  },
};

/** Σ (a − mean a)(b − mean b): has the sign of their correlation. */
function alike(a: Float32Array, b: Float32Array): number {
  const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0);
}

function meanChannel(activation: Float32Array, channels: number): Float32Array {
  const cells = activation.length / channels;
  const mean = new Float32Array(cells);
  for (const [i, value] of activation.entries()) mean[i % cells]! += value / channels;
  return mean;
}
