import type { Explanation } from '../../attribution/explanation.ts';
import { methodNamed } from '../../attribution/methods.ts';
import { Collector } from '../../overview/collect.ts';
import { finish } from '../../overview/finish.ts';
import type { Overview } from '../../overview/overview.ts';
import { Refusal } from '../../refusal.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainMany } from '../explain.ts';
import { LearntCount } from '../learnt/learntCount.ts';
import { isUnreadFinding, learntUnread } from '../learnt/learntUnread.ts';
import { isLearntFinding, learntFinding } from '../learnt/learntWords.ts';
import { needsClasses } from '../needsClasses.ts';
import { overlapNarrows } from '../overlap.ts';
import type { OverviewRequest } from '../requests.ts';
import { openSubject } from '../subject.ts';

/** Reading, computing and ranking, as the progress shows them. */
const READ = 0.1;
/** What of explainMany's own progress is reading. */
const READING = 0.7;
const COMPUTED = 0.9;

/**
 * The maps of every instance of a file (or of some), added up as they come. Complete or refused: one instance that
 * cannot be explained refuses the whole.
 * @throws Refusal with one sentence
 */
export async function overviewFile(
  caches: Caches,
  request: OverviewRequest,
  context: CallContext,
): Promise<Overview> {
  const { signal } = context;
  const report = (share: number, what: string) => context.report?.(share, what);
  const subject = await openSubject(caches, request, {
    signal,
    report: (share, what) => report(READ * share, what),
  });
  needsClasses(subject, 'The dataset view');
  const { dataset, names } = subject;
  const positions = request.instances ?? dataset.instances.map(({ index }) => index);
  if (positions.length === 0) {
    throw new Refusal('no-such-instance', 'No instance was named, so there is nothing to add up.');
  }
  const count = new LearntCount(subject.model);
  const chosen = positions.flatMap((position) => dataset.instances[position] ?? []);
  const collector = new Collector({
    instances: positions.length,
    longest: chosen.reduce((most, { length }) => Math.max(most, length), 0),
    classes: names.names,
    labels: new Set(chosen.flatMap(({ label }) => label ?? [])),
  });
  // Slow methods report within a batch, too: explainMany's last part is the maps.
  const say = (explaining = 0) => {
    const done = collector.instances.length / positions.length;
    const share = Math.max(done, (explaining - READING) / (1 - READING));
    const what = `Explaining (${collector.instances.length} of ${positions.length})`;
    report(READ + (COMPUTED - READ) * share, what);
  };
  let first: Explanation | undefined;
  for await (const batch of explainMany(caches, request, positions, { signal, report: say })) {
    for (const explanation of batch) {
      first ??= explanation;
      count.add({ x: explanation.signals.input, mask: explanation.padding.mask });
      // Of all of them it is said once.
      collector.add({
        ...explanation,
        findings: explanation.findings.filter((one) => !isLearntFinding(one) && !isUnreadFinding(one)),
      });
    }
    say();
    signal?.throwIfAborted();
  }
  const { map, signals, layer, how, provenance } = first!;
  const hasFeatures = layer.rank === 2 || map.rows > 1;
  const named = map.rows === signals.features.length;
  const seed = request.seed ?? 1;
  const found = await finish(collector, {
    ...{ classes: names.names, hasFeatures, seed, signal },
    report: (share, what) => report(COMPUTED + (1 - COMPUTED) * share, what),
  });
  const ofLearnt = [
    ...learntFinding(await count.found(request, signal)),
    ...learntUnread(subject.model),
    ...overlapNarrows(subject.project, request.data),
  ];
  report(1, 'Done');
  return {
    ...found,
    warnings: [...ofLearnt.map(({ sentence }) => ({ sentence, n: 1 })), ...found.warnings],
    classes: names.names,
    features: hasFeatures
      ? Array.from({ length: map.rows }, (_, row) => (named ? signals.features[row]! : `row ${row}`))
      : null,
    ...{ how, methodLabel: methodNamed(how.method).label, seed, provenance },
  };
}
