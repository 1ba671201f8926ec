/** What the page may do: run our one script, load our styles and font, and reach nothing else. @param source of our files */
export function pagePolicy(source: string, nonce: string): string {
  return [
    "default-src 'none'",
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
    `style-src ${source}`,
    `script-src 'nonce-${nonce}'`,
    // These do not fall back to default-src.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
