import js from '@eslint/js';
import globals from 'globals';

const rules = {
  ...js.configs.recommended.rules,
  'array-callback-return': 'error',
  'arrow-parens': ['error', 'as-needed'],
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'max-lines': ['error', {max: 300, skipComments: true}],
  'max-lines-per-function': ['error', {max: 60}],
  'no-implicit-coercion': 'error',
  'no-undef-init': 'error',
  'no-unused-vars': ['error', {argsIgnorePattern: '^_'}],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  quotes: ['error', 'single', {avoidEscape: true, allowTemplateLiterals: true}],
  semi: ['error', 'always'],
};

export default [
  {ignores: ['**/node_modules/', 'build*/']},
  {files: ['webroot/**/*.js'], rules, languageOptions: {globals: globals.browser}},
  {
    files: ['test/**/*.js'],
    rules: {...rules, 'max-lines-per-function': 'off'},
    // What runs within a page stands among what runs in Node.
    languageOptions: {globals: {...globals.node, ...globals.browser}},
  },
];
