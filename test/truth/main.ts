import { parseArgs } from 'node:util';
import { wilsonRate } from '../../src/padding/estimate.ts';
import { auditAll } from './auditAll.ts';
import { ownFolder, truthSets } from './models.ts';
import { bandOf, type Outcome, scoreOf } from './score.ts';

/** `npm run truth [-- --folder DIR] [-- --seeds 3] [-- NAME…]`: what the audit says of models whose truth is known. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string', default: ownFolder }, seeds: { type: 'string', default: '1' } },
});
const sets = truthSets(values.folder).filter(
  ({ truth }) => positionals.length === 0 || positionals.some((start) => truth.name.startsWith(start)),
);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const outcomes = await auditAll(sets, seeds, ({ set, seed, length, lei, layout, look }) => {
  const figures = lei ? `${lei.value.toFixed(2)} [${lei.low.toFixed(2)}, ${lei.high.toFixed(2)}]` : '–';
  console.log(
    `${set.truth.name} n=${set.n} seed ${seed}: length ${length}, LEI ${figures}, true ${set.truth.true_lei.toFixed(2)}; place ${layout}; look ${look}`,
  );
});
report(outcomes);

function report(all: readonly Outcome[]): void {
  const score = scoreOf(all);
  const bands = ['no', 'unclear', 'YES'] as const;
  console.log('\ntruth \\ said    no  unclear  YES  cannot tell');
  for (const truth of bands) {
    const of = all.filter(({ set }) => set.truth.band === truth);
    const said = [...bands, null].map((band) => of.filter(({ length }) => bandOf(length) === band).length);
    console.log(`${truth.padEnd(12)}${said.map((count) => String(count).padStart(7)).join(' ')}`);
  }
  const [low, high] = wilsonRate(score.covered / score.withInterval, score.withInterval).interval;
  const share = (part: number, whole: number) => `${part} of ${whole} (${(part / whole).toFixed(3)})`;
  console.log(`decided    ${share(score.decided, score.sets)}`);
  console.log(`right      ${share(score.right, score.decided)} of the decided`);
  console.log(
    `coverage   ${share(score.covered, score.withInterval)}, binomial 95 % [${low.toFixed(3)}, ${high.toFixed(3)}]`,
  );
  console.log(`place FRAGILE where length is not read ${share(...score.fragileAmongNo)}`);
  console.log(`place FRAGILE where length is read     ${share(...score.fragileAmongYes)}`);
  console.log(score.severe.length ? `FALSE: ${score.severe.join('\n       ')}` : 'no false YES, no false no');
  for (const wrong of score.wrong) console.log(`other band: ${wrong}`);
}
