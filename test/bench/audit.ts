import { untouched } from '../../src/padding/ask.ts';
import { carrierDependence } from '../../src/padding/carrier.ts';
import { instanceFacts } from '../../src/padding/instanceFacts.ts';
import { interventions } from '../../src/padding/interventions.ts';
import { lengthEvidence } from '../../src/padding/lengthEvidence.ts';
import { lengthOnlyBaseline } from '../../src/padding/lengthOnlyBaseline.ts';
import { lengthSweep } from '../../src/padding/lengthSweep.ts';
import { logitSplit } from '../../src/padding/logitSplit.ts';
import { maskedRun } from '../../src/padding/maskedRun.ts';
import { runAudit } from '../../src/padding/runAudit.ts';
import { createRandom } from '../../src/random.ts';
import { openFixture } from '../unit/padding/auditFixture.ts';
import { printTable } from './table.ts';

/** The whole audit of a reference model's shipped instances, and what each part of it takes. */
export async function benchAudit(name: string): Promise<void> {
  const { order, model, close } = await openFixture(name, false);
  const { cases, shape, units } = order;
  const rows: [string, number, number][] = [];
  const timed = async <R>(part: string, work: () => R | Promise<R>): Promise<R> => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(cpu);
    rows.push([part, performance.now() - start, (user + system) / 1000]);
    return result;
  };
  const series = [...untouched(cases)];
  await model.ask(series.slice(0, 64), shape.steps);

  await timed('the whole audit', () => runAudit({ ...order, seed: 1 }, model, () => {}));
  const answers = await timed('predicting', () => model.ask(series, shape.steps));
  const { predicted } = answers;
  await timed(`maps of every class at ${model.layers.length} layers`, () =>
    model.maps(cases, predicted, (_, maps) => instanceFacts(maps)),
  );
  const { head } = model;
  if (!('unavailable' in head)) {
    await timed('logit split', async () =>
      logitSplit(head.layer, await model.split(cases, predicted), createRandom(1)),
    );
  }
  const baseline = { cases, answers, shape, units };
  for (const { name: intervention, alter } of interventions(baseline, createRandom(2))) {
    await timed(`padding: ${intervention}`, async () => {
      for (const draw of alter()) await draw(model.ask);
    });
  }
  await timed('padding: all of them, with intervals', () =>
    carrierDependence(baseline, model.ask, createRandom(2)),
  );
  await timed('length sweep', () => lengthSweep(baseline, model.ask, createRandom(3)));
  await timed('length evidence', () =>
    lengthEvidence(cases, predicted, model.classes.length, shape, model.ask, createRandom(4)),
  );
  await timed('length-only baseline', () =>
    lengthOnlyBaseline(
      cases.map((one) => one.length),
      cases.map((one) => one.label!),
      createRandom(6),
    ),
  );
  const { masked } = model;
  if (!('unavailable' in masked)) {
    await timed('masked re-execution', () => maskedRun(cases, predicted, masked, createRandom(5)));
  }
  await timed('batch normalisation statistics', () => model.batchNorms(cases));
  await close();
  printTable(
    `Audit of ${name} on ${cases.length} instances, ms (aim: the whole under 10 s on 2 cores)`,
    ['part', 'wall', 'CPU'],
    rows,
  );
}
