import assert from 'node:assert/strict';
import type { GraphNode } from '../../../src/graph/graph.ts';
import { mostAlive } from '../../../src/graph/mostAlive.ts';

const node = (op: string, inputs: string[], outputs: string[]): GraphNode => ({
  ...{ op, inputs, outputs, domain: '', name: outputs[0]!, attributes: {} },
});
const named = (name: string) => ({ name, dtype: null, dims: [] });
const SIZES: Record<string, number> = { a: 100, flat: 100, b: 10, c: 1, unread: 40 };
const size = (name: string) => SIZES[name]!;

describe('what is there at once while a graph runs', () => {
  it('is each tensor from its node to its last reader; inputs are none of it', () => {
    const chain = [node('Conv', ['x'], ['a']), node('Relu', ['a'], ['b']), node('Relu', ['b'], ['c'])];
    assert.equal(mostAlive({ nodes: chain, outputs: [named('c')] }, size), 110);
    const back = [...chain.slice(0, 2), node('Add', ['a', 'b'], ['c'])];
    assert.equal(mostAlive({ nodes: back, outputs: [named('c')] }, size), 111);
    assert.equal(mostAlive({ nodes: chain, outputs: [named('a'), named('c')] }, size), 111);
  });

  it('counts a tensor seen in other dims once, for as long as it is read as either', () => {
    const nodes = [
      node('Conv', ['x'], ['a']),
      node('Reshape', ['a', 'dims'], ['flat']),
      node('Relu', ['x'], ['b']),
      node('Mul', ['flat', 'b'], ['c']),
    ];
    assert.equal(mostAlive({ nodes, outputs: [named('c')] }, size), 111);
  });

  it('lets go at once of what nobody reads', () => {
    const nodes = [node('Split', ['x'], ['b', 'unread', '']), node('Relu', ['b'], ['a'])];
    assert.equal(mostAlive({ nodes, outputs: [named('a')] }, size), 110);
  });
});
