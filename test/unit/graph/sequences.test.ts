import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, inputOf, integer, opCase, vector } from '../gradient/opCase.ts';

describe('a list of tensors within a model', () => {
  it('is no reason not to run it, and is named where no gradient passes it', async () => {
    const axis = { axis: attribute.int(2) };
    const one = opCase(
      'a list',
      [2, 3, 8],
      [
        ['SplitToSequence', 'x parts', 'list', axis],
        ['Identity', 'list', 'same'],
        ['SequenceAt', 'same first', 'y'],
      ],
      { constants: { parts: vector(5, 3), first: integer(0) } },
    );
    const shapes = await probeShapes(one.graph, await openOnnxRuntimeNode(), { x: inputOf(one) });
    assert.deepEqual([shapes.dims('y'), shapes.dims('list')], [[2, 3, 5], undefined]);
    const from = { tensor: 'y', gradient: 'x' };
    assert.throws(
      () => appendGradient(new GraphBuilder(one.graph), { shapes, from, at: 'x' }),
      /through SplitToSequence/,
    );
  });
});
