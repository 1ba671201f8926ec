import { parseArgs } from 'node:util';
import { fuzz, report } from './fuzz.ts';
import { KINDS } from './kinds.ts';

/**
 * npm run fuzz -- --minutes N [--seed S] [--mutants N] [--kinds csv,onnx] [--only INDEX]
 * Files that are spoilt by chance, shown to the engine: each must be answered or refused in one sentence, within 5 s of
 * computing and 1 GB.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    mutants: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kinds: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const kinds = values.kinds ? KINDS.filter(({ name }) => values.kinds!.split(',').includes(name)) : KINDS;
const minutes =
  values.minutes === undefined ? (values.mutants || values.only ? undefined : 1) : Number(values.minutes);
console.log(`Seed ${seed}.`);
const { outcomes, folder } = await fuzz({
  seed,
  kinds,
  minutes,
  mutants: Number(values.mutants ?? Number.POSITIVE_INFINITY),
  only: values.only === undefined ? undefined : Number(values.only),
  told: (outcome) => {
    if (outcome.fault || outcome.how === 'crashed' || values.only) {
      console.log(
        `${outcome.index} ${outcome.kind}, ${outcome.how}: ${outcome.fault ?? ''} ${outcome.sentence}`,
      );
    }
  },
});
console.log(report(outcomes));
const faults = outcomes.filter(({ fault }) => fault).length;
console.log(
  `${outcomes.length} mutants, ${faults} faults${faults || values.only ? `; they lie in ${folder}` : ''}.`,
);
process.exitCode = faults ? 1 : 0;
