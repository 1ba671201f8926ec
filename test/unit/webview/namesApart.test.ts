import assert from 'node:assert/strict';
import fc from 'fast-check';
import { namesApart } from '../../../webview/chart/namesApart.ts';

/** Every letter is one wide. */
const measure = { measureText: (text: string) => ({ width: text.length }) };

const sides = ['left', 'right', 'upper', 'lower', 'front', 'rear'];
const places = ['ankle', 'wrist', 'chest', 'pelvis', 'shoulder', 'thigh', 'shank', 'bearing', 'gearbox'];
const kinds = ['acc', 'gyro', 'mag', 'acceleration', 'gyroscope', 'magnetometer', 'temperature', 'current'];
const axes = ['x', 'y', 'z', '1', '2', '10', '11', 'rms'];
const some = (words: readonly string[]) => fc.subarray([...words], { minLength: 1, maxLength: 4 });

const sensorSets = fc
  .tuple(some(sides), some(places), some(kinds), some(axes), fc.constantFrom('_', '.', ' ', '-', ''))
  .map(([a, b, c, d, between]) =>
    a.flatMap((side) =>
      b.flatMap((place) =>
        c.flatMap((kind) =>
          d.map((axis) =>
            between
              ? [side, place, kind, axis].join(between)
              : `${side}${capital(place)}${capital(kind)}${capital(axis)}`,
          ),
        ),
      ),
    ),
  );

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

describe('The names along an axis', () => {
  it('tell the sensors of the sample apart where a cut in the middle of each did not', () => {
    const names = ['right_ankle_gyro_y', 'right_wrist_gyro_y', 'left_ankle_acc_x', 'chest_acc_x'];
    assert.deepEqual(namesApart(names, 14, measure), [
      'rig_ank_gyr_y',
      'rig_wri_gyr_y',
      'lef_ank_acc_x',
      'chest_acc_x',
    ]);
    assert.deepEqual(namesApart(names, 18, measure), names, 'whole where they fit');
  });

  it('keep numbers whole, and what differs in the middle of a long common text', () => {
    const channels = [9, 10, 109].map((number) => `electrode_channel_number_${number}_microvolt`);
    for (const [i, name] of namesApart(channels, 14, measure).entries())
      assert.equal(name.match(/\d+/)![0], ['9', '10', '109'][i]);
    const alike = ['A', 'B'].map((phase) => `thequitelongmotorcurrent${phase}filteredandsmoothed`);
    assert.equal(new Set(namesApart(alike, 12, measure)).size, 2);
  });

  it('stay distinct and fit, for sensor sets of every make, from 12 characters up', () => {
    fc.assert(
      fc.property(sensorSets, fc.integer({ min: 12, max: 40 }), (names, width) => {
        const shown = namesApart(names, width, measure);
        assert.equal(new Set(shown).size, names.length, shown.join(' '));
        for (const [i, name] of shown.entries()) {
          assert.ok(name.length <= width, name);
          if (names[i]!.length <= width) assert.equal(name, names[i]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('fit whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: 'grapheme' })), (names) => {
        for (const name of namesApart(names, 5, measure)) assert.ok(name.length <= 5, name);
      }),
    );
  });
});
