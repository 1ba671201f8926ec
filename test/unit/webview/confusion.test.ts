import assert from 'node:assert/strict';
import { confusionOf, isTable, mistakes, rightOf } from '../../../webview/instances/confusion.ts';

const entry = (label: string | null, predicted: string, correct: boolean | null) => ({
  predicted,
  instance: { label, correct },
});

describe('Labels against predictions', () => {
  it('stand in the order of the classes, labels that are none of them last', () => {
    const classes = ['walk', 'run', 'fall'];
    const found = confusionOf(
      [
        ...[entry('run', 'run', true), entry('run', 'walk', false), entry('walk', 'walk', true)],
        ...[entry('crawl', 'run', null), entry(null, 'run', null), entry('run', 'run', true)],
      ],
      classes,
    )!;
    assert.deepEqual(found.rows, ['walk', 'run', 'crawl']);
    assert.deepEqual(found.columns, classes, 'fall is never answered');
    assert.deepEqual(rightOf(found, 'run'), { right: 2, of: 3 });
    assert.deepEqual(mistakes(found), [{ label: 'run', predicted: 'walk', n: 1, right: false }]);
    assert.equal(
      [...found.pairs.values()].reduce((sum, { n }) => sum + n, 0),
      5,
    );
    assert.ok(isTable(found));
  });

  it('line up where labels count the classes', () => {
    const found = confusionOf([entry('1', 'run', true), entry('0', 'walk', true)], ['walk', 'run'])!;
    assert.deepEqual(
      [found.rows, found.columns],
      [
        ['0', '1'],
        ['walk', 'run'],
      ],
    );
  });

  it('are no table of many classes: the most frequent mistakes are told', () => {
    const names = Array.from({ length: 40 }, (_, i) => `class ${i}`);
    const entries = names.flatMap((name, i) => [
      ...Array.from({ length: i }, () => entry(name, names[0]!, i === 0)),
      entry(name, name, true),
    ]);
    const found = confusionOf(entries, names)!;
    assert.equal(isTable(found), false);
    const told = mistakes(found);
    assert.deepEqual(
      told.map(({ n }) => n),
      Array.from({ length: 12 }, (_, i) => 39 - i),
    );
  });

  it('are nothing where no label is a class', () => {
    assert.equal(
      confusionOf([entry('crawl', 'run', null), entry(null, 'walk', null)], ['walk', 'run']),
      null,
    );
  });
});
