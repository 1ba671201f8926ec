/** What the page of an editor may ask for by name. */
export const GLANCE_COMMANDS = {
  explain: true,
  audit: true,
  retry: true,
  manageTrust: true,
  copyExportSnippet: true,
  showLog: true,
} as const;

/** One of them. */
export type GlanceCommand = keyof typeof GLANCE_COMMANDS;
