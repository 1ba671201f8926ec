import assert from 'node:assert/strict';
import { isCaseName } from '../../../src/data/csv/nameWords.ts';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

interface Made {
  readonly head: string;
  readonly steps?: number;
  readonly row: (group: number, run: number, step: number, at: number) => readonly unknown[];
}

/** Runs 1, 2, 3 of each of some groups, one below the other. */
function table({ head, steps = 20, row }: Made, groups = 3): string {
  const lines: string[] = [];
  for (let group = 0; group < groups; group++) {
    for (let run = 1; run <= 3; run++) {
      for (let step = 0; step < steps; step++) {
        const at = lines.length;
        lines.push([...row(group, run, step, at), value(at), value(at * 3 + 1)].join());
      }
    }
  }
  return `${head},u,v\n${lines.join('\n')}\n`;
}

describe('reading: the runs of each fault, of each machine', () => {
  const kinds: readonly Made[] = [
    {
      head: 'faultNumber,simulationRun,sample',
      row: (group, run, step) => [`${group}.0`, `${run}.0`, step + 1],
    },
    { head: 'machine,run,sample', row: (group, run, step) => [group, run, step] },
    { head: 'load,repetition,index', row: (group, run, step) => [group * 10, run, step] },
    {
      head: 'machine,run,sample,time',
      row: (group, run, step) => [group, run, step, (step * 0.02).toFixed(2)],
    },
  ];
  for (const made of kinds) {
    it(`${made.head}: the counter is no instance, and neither a feature`, async () => {
      for (const options of [{}, model(2)]) {
        const { instances, features } = await readText(table(made), options);
        assert.deepEqual([instances.length, instances[0]!.length, features], [9, 20, ['u', 'v']]);
        const label = made.head.startsWith('faultNumber') ? '2.0' : undefined;
        assert.equal(instances[8]!.label, label);
      }
    });
  }

  it('the number of a class is no instance by its name', () => {
    for (const name of ['activityID', 'class_id', 'fault number', 'GestureCode'])
      assert.ok(!isCaseName(name), name);
    for (const name of ['window_id', 'subjectID', 'trial number', 'id']) assert.ok(isCaseName(name), name);
  });

  it('the number of a class that changes on the way is asked about, and no feature', async () => {
    const rows = Array.from({ length: 90 }, (_, at) =>
      [(at * 0.02).toFixed(2), value(at), value(at * 3 + 1), Math.floor(at / 30) % 2].join(),
    );
    await assert.rejects(readText(`time,u,v,activity_id\n${rows.join('\n')}\n`), {
      code: 'ask-several-recordings',
    });
  });

  it('a sample that is measured at times stays the instance', async () => {
    const lines = Array.from({ length: 60 }, (_, at) =>
      [Math.floor(at / 6), (at % 6) + 1, value(at), value(at * 3 + 1)].join(),
    );
    const { instances } = await readText(`time,sample,u,v\n${lines.join('\n')}\n`);
    assert.equal(instances.length, 6);
  });

  it('a second clock is no feature, whatever its name', async () => {
    const since = 1_424_696_633_908;
    const clocks: readonly (readonly [string, (at: number, step: number) => unknown])[] = [
      ['Arrival_Time', (at) => since + 5 * at],
      ['Arrival_Time', (at) => since + 5 * at + ((at * 7) % 3)],
      ['received', (at) => ((since + 5 * at + ((at * 7) % 3)) / 1000).toFixed(3)],
      ['Creation_Time', (at) => `${since + 5 * at}${100_000 + ((at * 7) % 3) * 1000}`],
      ['server time', (_, step) => (step * 0.02 + ((step * 7) % 3) * 0.001).toFixed(3)],
    ];
    for (const [name, clock] of clocks) {
      const made: Made = {
        head: `Index,${name},user,gt`,
        row: (group, run, step, at) => [step, clock(at, step), `p${group}`, `act${run}`],
      };
      for (const options of [{}, model(2)]) {
        const { instances, features, findings } = await readText(table(made), options);
        assert.deepEqual([instances.length, features], [9, ['u', 'v']], name);
        assert.match(JSON.stringify(findings), new RegExp(`${name}.*left aside`));
      }
      // Where the model takes as many, they are asked about or fed.
      const listed = await readText(table(made), { ...model(3), features: [name, 'u', 'v'] });
      assert.equal(listed.features.length, 3);
    }
  });

  it('a clock that is the only one is the time', async () => {
    const made: Made = {
      head: 'case,stamp',
      row: (group, run, _, at) => [group * 3 + run, (1_424_696_633.9 + at * 0.005).toFixed(3)],
    };
    const { features, instances } = await readText(table(made));
    assert.deepEqual([features, instances.length], [['u', 'v'], 9]);
  });
});

describe('reading: a class beside whole numbers of another range', () => {
  const oxygen = (row: number, step: number): number => 97 + Math.round(Math.sin(row * 5 + step / 4) * 1.6);
  const series = (row: number): number[] => Array.from({ length: 36 }, (_, step) => oxygen(row, step));
  const rows = (where: 'first' | 'last') =>
    Array.from({ length: 14 }, (_, row) => {
      const steps = series(row);
      return (where === 'first' ? [row % 3, ...steps] : [...steps, row % 3]).join('\t');
    });
  for (const where of ['first', 'last'] as const) {
    it(`is asked about where it stands ${where}`, async () => {
      await assert.rejects(readText(`${rows(where).join('\n')}\n`, model(1)), { code: 'ask-label-column' });
    });
  }

  it('is asked about beside counts and states, which nothing tells apart from it', async () => {
    for (const kinds of [2, 3]) {
      const states = Array.from({ length: 14 }, (_, row) => {
        const steps = Array.from({ length: 36 }, (__, step) => Math.floor((step + row * 5) / 7) % kinds);
        return [...steps, row % 3].join();
      });
      await assert.rejects(readText(`${states.join('\n')}\n`, model(1)), { code: 'ask-label-column' });
    }
  });

  it('rows that rise each from its own start are no steps of one recording', async () => {
    const meters = Array.from({ length: 14 }, (_, row) => {
      const start = 1000 + ((row * 137) % 400);
      const steps = Array.from({ length: 24 }, (_, step) =>
        (start + step * 0.17 + value(step).length * 0.01).toFixed(2),
      );
      return [...steps, row % 3].join();
    });
    await assert.rejects(readText(`${meters.join('\n')}\n`), { code: 'ask-few-rows' });
  });
});
