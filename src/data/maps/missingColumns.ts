import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { MAP_COLUMNS } from './mapRow.ts';

/** @throws Refusal `maps-wrong` where something of what an explainer gives is not there */
export function refuseMissing(fileName: string, there: readonly string[]): void {
  const missing = MAP_COLUMNS.filter((name) => !there.includes(name));
  if (missing.length === 0) return;
  throw new Refusal(
    'maps-wrong',
    `${fileName} has no ${listed(missing)} (it has ${listed(there, 12)}); keep every output of the explainer, which has zones and shares where it is told the padding (--padding length).`,
  );
}
