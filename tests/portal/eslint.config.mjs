// What is wrong in the portal's scripts whatever their style; that HTML text is made nowhere, a test of its own sees.
import { createRequire } from "node:module";
import path from "node:path";

const load = createRequire(path.join(process.env.VMSS_PORTAL_MODULES, "package.json"));
const js = load("@eslint/js");
const globals = load("globals");

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2025, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-implied-eval": "error", "no-new-func": "error", "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }], "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
    },
  },
];
