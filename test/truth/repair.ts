import { parseArgs } from 'node:util';
import { createEngine } from '../../src/engine/service.ts';
import { Refusal } from '../../src/refusal.ts';
import { ownFolder, truthSets } from './models.ts';
import { type Row, repairTable } from './repairTable.ts';

/** `npm run truth:repair [-- --folder DIR] [-- NAME…]`: what is repaired of models whose truth is known. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string', default: ownFolder } },
});
const rows: Row[] = [];
const wanted = truthSets(values.folder).filter(
  ({ truth }) => positionals.length === 0 || positionals.some((start) => truth.name.startsWith(start)),
);
// Of each model the largest set.
for (const [name, { model, data, project }] of new Map(wanted.map((set) => [set.truth.name, set]))) {
  const engine = createEngine();
  const asked = { model, data, project, keep: true };
  try {
    const { found } = await engine.repair(asked).catch((reason) => {
      if (!(reason instanceof Refusal) || reason.code !== 'cannot-drop-in') throw reason;
      return engine.repair({ ...asked, maskInput: true });
    });
    rows.push({ name, found });
    console.error(`${name}: ${found.reason}`);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    rows.push({ name, found: reason.message });
    console.error(`${name}: ${reason.message}`);
  }
  await engine.dispose();
}
console.log(repairTable(rows));
