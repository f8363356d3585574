// Reads names of pages from standard input, one a line, and prints what
// html-validate has against them, one finding a line. Exit code 1 if there is any.
'use strict';
const path = require('path');
const { HtmlValidate, StaticConfigLoader } = require(path.join(__dirname, '../bin/tools/node_modules/html-validate'));
const validate = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y', 'html-validate:standard'],
  rules: {
    'require-sri': 'off', // nothing comes from another host
    'tel-non-breaking': 'off', // wants other characters in telephone numbers, which are the site's own
  },
}));
(async () => {
  let found = 0;
  for (const name of require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    for (const r of (await validate.validateFile(name)).results) {
      for (const m of r.messages) {
        found++;
        console.log(`${name}:${m.line}:${m.column}: ${m.ruleId}: ${m.message} (${m.selector})`);
      }
    }
  }
  process.exitCode = found ? 1 : 0;
})();
