import assert from 'node:assert/strict';
import { nameClasses, unknownLabel } from '../../../src/engine/classNames.ts';
import { labelOrder } from '../../../src/engine/labels/labelOrder.ts';
import { numberedLabels } from '../../../src/engine/labels/numberedLabels.ts';

const set = (labels: readonly (string | undefined)[]) => ({
  instances: labels.map((label, index) => ({
    ...{ id: `${index}`, index, length: 1, values: new Float64Array(1) },
    ...(label !== undefined && { label }),
  })),
});
const named = (count: number, labels: readonly (string | undefined)[], classes?: readonly string[]) =>
  numberedLabels(nameClasses(count, classes, undefined), set(labels));

describe('class by number on one side, by name on the other', () => {
  it('labels that cannot count from 0 name the classes in order', () => {
    for (const [labels, names] of [
      [
        ['2', '1', undefined, '2'],
        ['1', '2'],
      ],
      [
        ['1.0', '-1.0'],
        ['-1', '1'],
      ],
      [
        ['3', '1'],
        ['1', '2', '3'],
      ],
      [
        ['40', '7', '19'],
        ['7', '19', '40'],
      ],
    ] as const) {
      const found = named(names.length, labels);
      assert.deepEqual([found.names, found.given], [names, true]);
      assert.match(found.findings[0]!.sentence, /in this order, as label encoders number them/);
      assert.deepEqual(unknownLabel(labels[0], found), []);
    }
  });

  it('labels 0 to C − 1 are places, without a word; without a 0 that is said', () => {
    assert.deepEqual(named(3, ['2', '0']), {
      names: ['class 0', 'class 1', 'class 2'],
      findings: [],
      given: false,
    });
    const doubtful = named(4, ['1', '2']);
    assert.equal(doubtful.given, false);
    assert.match(doubtful.findings[0]!.sentence, /count from 0\. Set "classes"/);
  });

  it('words, and classes that have names, stay as they are', () => {
    for (const found of [
      named(2, ['walk', 'run']),
      named(2, ['1', 'run']),
      named(2, []),
      named(2, ['1', '2', '3']),
    ])
      assert.deepEqual(found, { names: ['class 0', 'class 1'], findings: [], given: false });
    assert.deepEqual(named(2, ['1', '2'], ['walk', 'run']).names, ['walk', 'run']);
  });

  it('class 0 against walk is no disagreement, and nothing is known of it', () => {
    const unnamed = nameClasses(2, undefined, undefined);
    assert.deepEqual(unknownLabel('walk', unnamed), []);
    assert.deepEqual(labelOrder(['walk', 'run'], [0, 1], unnamed), { checked: 2 });
    const many = Array.from({ length: 10 }, (_, at) => at % 2);
    const { agree, better } = labelOrder(
      many.map((at) => ['walk', 'run'][at]!),
      many,
      unnamed,
    );
    assert.deepEqual([agree, better], [undefined, { classes: ['walk', 'run'], agree: 1 }]);
  });

  it('a label by index against classes by name is compared; the other order is offered where it fits', () => {
    const classes = nameClasses(2, ['walk', 'run'], undefined);
    const labels = Array.from({ length: 10 }, (_, at) => `${at % 2}`);
    const same = labels.map(Number);
    assert.deepEqual(labelOrder(labels, same, classes), { checked: 10, agree: 1 });
    const turned = labelOrder(
      labels,
      same.map((one) => 1 - one),
      classes,
    );
    assert.equal(turned.agree, 0);
    assert.deepEqual(turned.better?.agree, 1);
  });
});
