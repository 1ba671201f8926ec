import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatMaskChoice,
  type MaskChoice,
  maskColumns,
  parseMaskChoice,
} from '../../../src/preprocess/maskChoice.ts';

describe('mask choices as text', () => {
  it('go both ways', () => {
    const side = fc.constantFrom<'end' | 'front'>('end', 'front');
    const column = fc
      .string({ minLength: 1 })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const choices: fc.Arbitrary<MaskChoice> = fc.oneof(
      fc.constantFrom<MaskChoice>(
        { kind: 'auto' },
        { kind: 'none' },
        { kind: 'trailing' },
        { kind: 'leading' },
      ),
      fc.record({ kind: fc.constant('length'), length: fc.integer({ min: 1, max: 999_999_999 }), side }),
      fc.record({
        kind: fc.constant('length-column'),
        column: fc.oneof(column, fc.constantFrom('a@end', 'n@front', 'x:y')),
        side,
      }),
      fc.record({ kind: fc.constant('mask-column'), column }),
    );
    fc.assert(
      fc.property(choices, (choice) => {
        assert.deepEqual(parseMaskChoice(formatMaskChoice(choice)), { ...choice });
      }),
    );
    assert.equal(formatMaskChoice(parseMaskChoice(' length:28@front ')), 'length:28@front');
    assert.equal(formatMaskChoice(parseMaskChoice('length:28@end')), 'length:28');
  });

  for (const text of [
    '',
    'automatic',
    'auto:1',
    'length',
    'length:',
    'length:0',
    'length:-1',
    'length:2.5',
    'length:9@left',
    'length-column:',
    'length-column:@front',
    'mask-column',
    'mask-column: ',
    'none:',
  ]) {
    it(`"${text}" is refused with the list of forms`, () => {
      assert.throws(() => parseMaskChoice(text), {
        code: 'mask-choice',
        message: /is not a padding mask; write one of auto, none, .*mask-column:NAME\.$/,
      });
    });
  }

  it('name the columns the reader must set apart', () => {
    assert.deepEqual(maskColumns(parseMaskChoice('mask-column:valid')), { maskColumn: 'valid' });
    assert.deepEqual(maskColumns(parseMaskChoice('length-column:n@front')), {
      lengthColumn: { column: 'n', side: 'front' },
    });
    assert.deepEqual(maskColumns(parseMaskChoice('auto')), {});
  });
});
