"use strict";

// The scripts of the site: classic scripts that run as they are, even from a page that
// was opened from a disk, where browsers load no ES modules.
const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
  { ignores: [".venv/", "node_modules/", "var/", "staticfiles/"] },
  js.configs.recommended,
  {
    files: ["static/js/*.js"],
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "script",
      globals: { ...globals.browser, Chart: "readonly" },
    },
    rules: {
      // No declaration may collide with another script on the page.
      "no-implicit-globals": ["error", { lexicalBindings: true }],
      strict: ["error", "global"],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "Text is never HTML: make elements.",
        })),
      ],
      complexity: ["error", 20],
    },
  },
  {
    files: ["eslint.config.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
  },
];
