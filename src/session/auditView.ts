import type { Audit } from '../padding/audit.ts';
import type { WorkActivity } from './workActivity.ts';

export type AuditScope = 'file' | 'instance';

/** The audit of the file being looked at, if there is one, and what is going on with it. */
export interface AuditView {
  readonly scope: AuditScope;
  /** The last audit that was finished for this file. */
  readonly audit: Audit | null;
  /** Model, mask or file have changed since the audit was made. */
  readonly outdated: boolean;
  readonly activity: WorkActivity;
  /** Whether the file holds several instances; a single one has no rates. */
  readonly instances: number;
}
