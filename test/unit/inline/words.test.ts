import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainWords } from '../../../src/surfaces/markdown.ts';
import { heatOf } from '../../../src/views/inline/heat.ts';
import { hoverText, singleLineText } from '../../../src/views/inline/hoverText.ts';
import { paddingText } from '../../../src/views/inline/paddingText.ts';
import { english } from '../../fixtures/english.ts';
import { explained } from './scene.ts';

const row = { step: 0, feature: null, isLast: false };

describe('Names in Markdown', () => {
  it('have every mark escaped and no line break', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const text = plainWords(name);
        const bare = text.replace(/&(amp|lt|gt);/g, '').replace(/\\[!-/:-@[-`{-~]/g, '');
        assert.doesNotMatch(bare, /[!-/:<-@[-`{-~\p{C}]/u);
      }),
    );
  });

  it('make no link, picture, cell, icon or command', () => {
    const hostile = '[x](command:evil) ![p](http://e) <img src=x> $(zap) a|b `c` https://e.com\nnext';
    const text = plainWords(hostile);
    assert.doesNotMatch(text, /(?<!\\)[[\]()!|`$<>]|https?:\/\/|\n/);
  });

  it('are cut when they are a page long', () => {
    assert.equal(plainWords('x'.repeat(500)).length, 60);
  });
});

describe('The hover of a row', () => {
  const heat = heatOf(
    explained({
      map: [
        [1, 0],
        [-6, 3],
        [2, 0],
      ],
      features: ['acc_x', 'acc|y', 'acc_z'],
      raw: [10, 11, 20.5, 21, 30, Number.NaN],
      mask: [1, 0],
      zones: { REAL: 0.6, MIXED: 0, EMPTY: 0.4 },
    }),
  );

  it('says step, zone, attribution and rank', () => {
    const text = hoverText(heat, row, null, english).text;
    assert.match(text, /^\*\*step 0\*\* · \*\*REAL\*\* inside the series$/m);
    assert.match(text, /^mean attribution \*\*−1\*\* for walk · rank 1 of 2 steps$/m);
  });

  it('lists the strongest features with value, attribution and rank over the instance', () => {
    const table = hoverText(heat, row, null, english)
      .text.split('\n')
      .filter((line) => line.startsWith('| acc'))
      .map((line) => line.replaceAll('&emsp;', ''));
    assert.deepEqual(table, [
      '| acc\\|y | 20.5 | −6 | 1 of 6 |',
      '| acc\\_z | 30 | 2 | 3 of 6 |',
      '| acc\\_x | 10 | 1 | 4 of 6 |',
    ]);
  });

  it('has the cell that is pointed at, however weak', () => {
    const many = Array.from({ length: 9 }, (_, i) => [9 - i]);
    const text = hoverText(heatOf(explained({ map: many })), { ...row, feature: 8 }, null, english).text;
    assert.match(text, /^\| \*\*f8\*\* \|/m);
    assert.equal(text.match(/^\| \**f\d/gm)?.length, 6);
  });

  it('says on the last row what the padding got', () => {
    assert.doesNotMatch(hoverText(heat, row, null, english).text, /padded/);
    assert.match(
      hoverText(heat, { ...row, isLast: true }, null, english).text,
      /1 padded step: 40 % of the map/,
    );
  });

  it('says that a time map tells no features apart', () => {
    assert.match(hoverText(heatOf(explained({ map: [[1, 2]] })), row, null, english).text, /over time only/);
  });

  it('says when the numbers are older than the text', () => {
    assert.match(hoverText(heat, row, 'edited', english).text, /\*The text was edited since/);
    assert.match(hoverText(heat, row, 'refused', english).text, /\*The last run was refused/);
  });

  it('says of a line that holds a whole instance where to look', () => {
    const text = singleLineText(heatOf(explained({ map: [[1, 2]], lines: [3, 3], id: 'a*b' })), english).text;
    assert.match(text, /all steps of instance a\\\*b/);
  });
});

describe('What the padding got', () => {
  const said = (zones: { REAL: number; MIXED: number; EMPTY: number }, mask = [1, 0, 0]) =>
    paddingText(explained({ map: [[1, 2, 3]], mask, zones }), english);

  it('is the share of the map, by zone', () => {
    assert.equal(
      said({ REAL: 0.62, MIXED: 0.08, EMPTY: 0.3 }),
      '2 padded steps: 38 % of the map (MIXED 8 %, EMPTY 30 %)',
    );
  });

  it('names no zone that is not there', () => {
    assert.equal(said({ REAL: 0.7, MIXED: 0.3, EMPTY: 0 }), '2 padded steps: 30 % of the map (MIXED 30 %)');
  });

  it('is said of a map that is zero everywhere', () => {
    assert.equal(said({ REAL: 0, MIXED: 0, EMPTY: 0 }), '2 padded steps: the map is zero everywhere');
  });

  it('is nothing where nothing is padded', () => {
    assert.equal(said({ REAL: 1, MIXED: 0, EMPTY: 0 }, [1, 1, 1]), null);
  });
});
