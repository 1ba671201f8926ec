import fc from 'fast-check';

/** Names as somebody might put them into a file, each for what it does on some surface. */
export const hostileNames: readonly string[] = [
  '[click](command:workbench.action.toggleSidebarVisibility)',
  '[a](https://example.com "title") ](command:x) [b][c](file:///x)',
  '$(flame) hot $(sync~spin)',
  '\\$(flame)',
  '\u001b]0;owned\u0007\u001b[31mred\u001b[2J',
  '\u009b31m c1 \u0090q\u009c',
  'a\rb\nattribution-lens: all is well\u2028c\u2029d\ve\ff',
  '\u202Egnp.exe\u202C \u2066x\u2069 \u200F\u061c',
  'zero\u200bwidth\u2060\ufeff\u00ad\u{e0041}',
  '<img src=x onerror=alert(1)><script>alert(1)</script>"\'&amp;',
  "'><svg/onload=alert(1)>",
  '=HYPERLINK("http://example.com","x")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  ' =1+1',
  '\ud800 lone \udc00',
  `a${'\u0301'.repeat(500)}`,
  'x'.repeat(100_000),
  '\u001b'.repeat(100_000),
  `${'['.repeat(3000)}](command:a)${']('.repeat(3000)}`,
  '|a|b| `c` **d** ![p](http://example.com/p.png) <b>',
  '../../etc/passwd\0.png',
  'CON',
  '',
];

/** Any text, rich in the marks that surfaces obey. */
export const hostileText = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['[', ']', '(', ')', '](', '$(', '$', 'command:', '\\', '`', '|', '<', '>', '&', '"'],
        ),
        fc.constantFrom(
          ...["'", '=', '+', '-', '@', ',', ';', '\n', '\r', '\t', '\u001b', '\u009b', '\u202e'],
        ),
        fc.constantFrom(...['\u200b', '\u2028', '\ud83d', '\ude00', '\u0301', '😀', '…', '\\u202e', '&amp;']),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 400 },
    )
    .map((parts) => parts.join('')),
);

/** Controls (but the line break and tab where lines are allowed), bidirectional controls, what breaks a line. */
export const obeyed = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff\u00ad]/u;
