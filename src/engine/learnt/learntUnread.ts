import type { Finding } from '../../finding.ts';
import { agree, listed } from '../../format.ts';
import type { OpenModel } from '../models.ts';
import { knownOf, unreadOf } from './knownOf.ts';

const CODE = 'learnt-unread';
/** A file may say anything. */
const MOST_NAMED = 3;

/** Where a model's file lists series that it has learnt from in a way that is not read, or some only: what is known all the same. */
export function learntUnread(model: Pick<OpenModel, 'classifier'>): Finding[] {
  const why = unreadOf(model);
  const lost = knownOf(model).filter(({ series }) => series === undefined);
  if (why === undefined || lost.length === 0) return inPart(model);
  const names = [...new Set(lost.map(({ data }) => data))];
  const sentence = `The list of the series that this model has learnt from (attribution.learnt_series in its file) ${why} and is not read as a whole: ${listed(names, MOST_NAMED)} ${agree(names.length, 'is', 'are')} known by the SHA-256 of the whole file alone, not in a part, a copy or another format of it.`;
  return [{ code: CODE, severity: 'warning', sentence }, ...inPart(model)];
}

/** Not to be found among some of them says little. */
function inPart(model: Pick<OpenModel, 'classifier'>): Finding[] {
  if (!knownOf(model).some(({ series }) => series?.isPart)) return [];
  const sentence =
    'The file of this model keeps some only of the series that it has learnt from (attribution.learnt_series): an instance that is not said to be one of them may be one all the same.';
  return [{ code: CODE, severity: 'warning', sentence }];
}

/** What this function gives. */
export function isUnreadFinding({ code }: Finding): boolean {
  return code === CODE;
}
