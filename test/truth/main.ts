import { wilsonRate } from '../../src/padding/estimate.ts';
import { wantedOf } from './arguments.ts';
import { auditAll } from './auditAll.ts';
import { truthSets } from './models.ts';
import { bandOf, type Outcome, scoreOf } from './score.ts';

/** `npm run truth [-- --folder DIR] [-- --seeds 3] [-- NAME…]`: what the audit says of models whose truth is known. */
const wanted = wantedOf(process.argv.slice(2));
if ('say' in wanted) leave(wanted.say, wanted.code);
const { folder, seeds, names } = wanted;
const sets = truthSets(folder).filter(
  ({ truth }) => names.length === 0 || names.some((start) => truth.name.startsWith(start)),
);
const unknown = names.find((start) => !sets.some(({ truth }) => truth.name.startsWith(start)));
if (unknown !== undefined) leave(`No model in "${folder}" has a name that starts with "${unknown}".`, 2);
const outcomes = await auditAll(sets, seeds, ({ set, seed, length, lei, layout, look }) => {
  const figures = lei ? `${lei.value.toFixed(2)} [${lei.low.toFixed(2)}, ${lei.high.toFixed(2)}]` : '–';
  console.log(
    `${set.truth.name} n=${set.n} seed ${seed}: length ${length}, LEI ${figures}, true ${set.truth.true_lei.toFixed(2)}; place ${layout}; look ${look}`,
  );
});
report(outcomes);

function leave(say: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(`${say.trimEnd()}\n`);
  process.exit(code);
}

function report(all: readonly Outcome[]): void {
  const score = scoreOf(all);
  const bands = ['no', 'unclear', 'YES'] as const;
  console.log('\ntruth \\ said    no  unclear  YES  cannot tell');
  for (const truth of bands) {
    const of = all.filter(({ set }) => set.truth.band === truth);
    const said = [...bands, null].map((band) => of.filter(({ length }) => bandOf(length) === band).length);
    console.log(`${truth.padEnd(12)}${said.map((count) => String(count).padStart(7)).join(' ')}`);
  }
  console.log(`decided    ${share(score.decided, score.sets)}`);
  console.log(`right      ${share(score.right, score.decided)} of the decided`);
  console.log(`coverage   ${share(score.covered, score.withInterval)}${binomial(score)}`);
  console.log(`place FRAGILE where length is not read ${share(...score.fragileAmongNo)}`);
  console.log(`place FRAGILE where length is read     ${share(...score.fragileAmongYes)}`);
  console.log(score.severe.length ? `FALSE: ${score.severe.join('\n       ')}` : 'no false YES, no false no');
  for (const wrong of score.wrong) console.log(`other band: ${wrong}`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${part} of ${whole} (${(part / whole).toFixed(3)})`;
}

function binomial({ covered, withInterval }: ReturnType<typeof scoreOf>): string {
  if (withInterval === 0) return '';
  const [low, high] = wilsonRate(covered / withInterval, withInterval).interval;
  return `, binomial 95 % [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
