import type { Finding } from '../../finding.ts';
import type { OpenModel } from '../models.ts';
import { unreadOf } from './knownOf.ts';

const CODE = 'learnt-unread';

/** Where a model's file lists series that it has learnt from in a way that is not read: what is known all the same. */
export function learntUnread(model: Pick<OpenModel, 'classifier'>): Finding[] {
  const why = unreadOf(model);
  if (why === undefined) return [];
  const sentence = `The list of the series that this model has learnt from (attribution.learnt_series in its file) ${why} and is not read as a whole: data it has learnt from are known by the SHA-256 of the whole file alone, not in a part, a copy or another format of it.`;
  return [{ code: CODE, severity: 'warning', sentence }];
}

/** What this function gives. */
export function isUnreadFinding({ code }: Finding): boolean {
  return code === CODE;
}
